"""The document model, its numbering, and the way from a template to blocks."""

from dataclasses import replace

import pytest

from sasando.publications.document import (
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Table,
    letters,
    numbered,
    roman,
    tables,
)
from sasando.publications.markdown import TemplateError, figure_mark, parse, render_template, table_mark
from sasando.publications.tests.sample import PKH, sample, say


def directives(argument: str) -> list[Paragraph]:
    return [say(f"[{argument}]")]


def book(source: str, **context: object) -> tuple:
    text = render_template(source, context, name="buku.md")
    return parse(text, blocks={"table": directives}, name="buku.md")


def test_numerals():
    assert [roman(n) for n in (1, 4, 9, 14, 40, 1999)] == ["I", "IV", "IX", "XIV", "XL", "MCMXCIX"]
    assert [letters(n) for n in (1, 26, 27)] == ["A", "Z", "AA"]
    with pytest.raises(ValueError):
        roman(0)


def test_chapters_sections_tables_and_references_are_numbered():
    document = sample()
    headings = [(b.number, b.text) for b in document.body if isinstance(b, Heading)]
    assert headings[:3] == [("BAB I", "Pendahuluan"), ("A.", "Latar belakang"), ("B.", "Tujuan")]
    assert ("1.", "Program Keluarga Harapan") in headings
    assert headings[-2:] == [("BAB V", "Penutup"), ("", "Lampiran: penjelasan angka")]
    assert all(not b.number for b in document.front if isinstance(b, Heading))
    assert [t.number for t in tables(document)] == ["1", "2", "3", "4", "5", ""]
    texts = [run.text for b in document.body if isinstance(b, Paragraph) for run in b.runs]
    assert "Tabel\N{NO-BREAK SPACE}1" in texts


def test_numbering_twice_changes_nothing():
    document = sample()
    assert numbered(document) == document


def test_a_given_number_stays_and_counting_goes_on():
    document = sample(front=(), body=(replace(PKH, number="7"), replace(PKH, id="next")))
    assert [t.number for t in tables(document)] == ["7", "8"]


def test_english_words():
    document = sample(language="en", front=(), body=(Heading(1, "Introduction"), PKH))
    assert document.body[0].number == "CHAPTER I"


def test_a_reference_to_an_unknown_table_is_an_error():
    with pytest.raises(KeyError, match="t77"):
        sample(front=(), body=(Paragraph((Run("", reference="t77"),)),))


def test_markdown_gives_blocks():
    blocks = book(
        "# Satu\n\nTeks **tebal** dan *miring*\nbaris.\n\n## Dua\n\n3. tiga\n   - dalam\n4. empat\n\n"
        "---\n\n```table t03_pkh\n```\n\n# Lampiran {-}\n"
    )
    assert blocks[0] == Heading(1, "Satu")
    assert blocks[1] == Paragraph(
        (
            Run("Teks "),
            Run("tebal", bold=True),
            Run(" dan "),
            Run("miring", italic=True),
            Run(" baris."),
        )
    )
    assert blocks[3] == ListBlock(
        True, ((say("tiga"), ListBlock(False, ((say("dalam"),),))), (say("empat"),)), start=3
    )
    assert blocks[4:] == (PageBreak(), say("[t03_pkh]"), Heading(1, "Lampiran", numbered=False))


def test_figures_and_tables_are_named_in_the_text():
    blocks = book(
        '**{{ figure("pkh.families_x") }}** di {{ table("t03_pkh") }}',
        figure=lambda name: figure_mark(name, "11.731 *x* ⟦|⟧"),
        table=table_mark,
    )
    assert blocks[0].runs == (
        Run("11.731 *x*    ", bold=True, figure_id="pkh.families_x"),
        Run(" di "),
        Run("", reference="t03_pkh"),
    )


def test_marks_written_by_hand_are_figures_too():
    (paragraph,) = parse("⟦pkh.families|11.731⟧ keluarga", blocks={})
    assert paragraph.runs == (Run("11.731", figure_id="pkh.families"), Run(" keluarga"))


@pytest.mark.parametrize(
    "value",
    ["*x* _y_ `z` <b>&amp;", "# tajuk", "1. satu", "- satu", "```table t", "a\nb", "---", "\\", "⟦a|9⟧"],
)
def test_values_are_text_and_never_markdown(value: str):
    (paragraph,) = book("{{ value }}", value=value)
    expected = value.replace("\n", " ").replace("⟦", "[").replace("⟧", "]")
    assert paragraph.runs == (Run(expected),)


def test_html_links_and_code_are_printed_as_typed():
    source = "<script>alert(1)</script> [a](javascript:x) ![b](c) `d` <http://e> > f | g"
    assert parse(source, blocks={}) == (say(source),)
    assert parse("<div>x</div>\n\n    empat spasi\n\n[a]: http://b", blocks={}) == (
        say("<div>x</div>"),
        say("empat spasi"),
        say("[a]: http://b"),
    )


def figure(name: str) -> str:
    raise KeyError(f"no figure named {name}")


@pytest.mark.parametrize(
    ("source", "line", "part"),
    [
        ("a\n\n{% if %}", 3, "Expected an expression"),
        ("a\n{{ x", 2, "unexpected end"),
        ("a\n\n\n{{ nope }}", 4, "'nope' is undefined"),
        ("{% for i in [1, 2] %}\n\n{{ i.a.b }}\n{% endfor %}", 3, "has no attribute"),
        ("a\n{{ ''.__class__.__mro__ }}", 2, "unsafe"),
        ("a\n\n{{ figure.__globals__ }}", 3, "unsafe"),
        ("{{ figure('pkh.x') }}", 1, "no figure named pkh.x"),
        ("a\n{{ 'a' * 999999999 }}", 2, "not allowed"),
        ("a\n{{ 9 ** 9 ** 9 }}", 2, "not allowed"),
        ("{% for i in range(10000000) %}{% endfor %}", 1, "range"),
        ("\n{% include '/etc/passwd' %}", 2, "loader"),
        ("\n\n{{ 1 / 0 }}", 3, "division by zero"),
        ("a\n\n```tabel t03\n```", 3, 'unknown block "tabel"'),
        ("{% for i in range(9) %}\n{{ i }}\n{% endfor %}\n```tabel t03\n```", 4, "known are: table"),
        ("a\n```table t03\nb", 2, "not closed"),
        ("a\n```table t03", 2, "not closed"),
        ("a\n\n```table {{ figure('x') }}\n```", 3, "no figure named x"),
    ],
)
def test_a_broken_template_names_its_line(source: str, line: int, part: str):
    with pytest.raises(TemplateError) as caught:
        book(source, figure=figure)
    assert (caught.value.name, caught.value.line) == ("buku.md", line)
    assert part in caught.value.message
    assert f"line {line}" in str(caught.value)


def test_an_error_in_a_block_names_the_line_too():
    def missing(argument: str) -> list[Table]:
        raise KeyError(f"no table {argument}")

    with pytest.raises(TemplateError, match=r"buku\.md, line 3: no table t99"):
        parse(
            render_template("a\n\n```table t99\n```", {}, name="buku.md"),
            blocks={"table": missing},
            name="buku.md",
        )


def test_a_block_gets_its_content():
    assert parse("```table t1\nbaris satu\nbaris dua\n```", blocks={"table": directives}) == (
        say("[t1\nbaris satu\nbaris dua]"),
    )


def test_macros_and_filters_of_the_template_work():
    blocks = book("{% macro m(x) %}**{{ x }}**{% endmacro %}{{ m('a*b') }} {{ ['x', 'y'] | join(', ') }}")
    assert blocks[0].runs == (Run("a*b", bold=True), Run(" x, y"))


def test_a_table_without_columns_is_none():
    with pytest.raises(ValueError, match="no columns"):
        Table("t", "Judul", (), ())


def test_a_list_holds_no_headings_and_no_page_breaks():
    assert parse("- # tajuk\n- teks\n\n  ---", blocks={}) == (
        ListBlock(False, ((Paragraph((Run("tajuk", bold=True),)),), (say("teks"),))),
    )
    with pytest.raises(ValueError, match="can't hold a PageBreak"):
        ListBlock(False, ((PageBreak(),),))
    with pytest.raises(TemplateError, match=r"line 3: a list can't hold a Heading"):
        parse(
            render_template("teks\n\n- ```isi\n  ```\n", {}, name="x"),
            blocks={"isi": lambda argument: [Heading(1, "x")]},
        )
