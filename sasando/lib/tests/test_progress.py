from sasando.lib.progress import progress


def test_silent_away_from_a_terminal_and_shown_when_told(capsys):
    assert list(progress([1, 2, 3], "Reading")) == [1, 2, 3]
    with progress(3, "Reading") as bar:
        bar.update(3)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")
    assert list(progress(range(2), "Reading", enabled=True)) == [0, 1]
    with progress(2, "Writing", enabled=True) as bar:
        bar.update(2)
    captured = capsys.readouterr()
    assert captured.out == "" and "Reading: 100%" in captured.err and "Writing: 100%" in captured.err
