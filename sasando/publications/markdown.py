"""The book's text: a sandboxed Jinja template that gives Markdown, and Markdown that gives blocks.

An office copies the text into its data folder and edits it, so both steps distrust it: the template runs in
Jinja's sandbox and sees only what it is handed, the Markdown knows headings, paragraphs, bold, italic and
lists, and everything else (HTML, links, images) is printed as it was typed. Each error names the text and
its line.

    # Pendahuluan
    Bantuan PKH diterima **{{ figure("pkh.families") }}** keluarga ({{ table_number("t03_pkh") }}).

    ```table t03_pkh
    ```

`figure` and `table_number` are the caller's functions; they return `figure_mark(...)` and
`table_mark(...)`. A heading that ends in `{-}` is a chapter without a number. `---` alone on a line is a
page break, a line ending in `\\` breaks there.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup

from sasando.publications.document import Block, Heading, ListBlock, PageBreak, Paragraph, Run

Directives = Mapping[str, Callable[[str], Iterable[Block]]]

_OPEN, _CLOSE = "⟦", "⟧"
_FENCE = re.compile(r"^(\s*(?:`{3,}|~{3,})[ \t]*[^\s`~][^\n`]*?)[ \t]*$", re.MULTILINE)
_SOURCE_LINE = re.compile(rf"\s*{_OPEN}#(\d+){_CLOSE}\s*$")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_UNNUMBERED = re.compile(r"\s*\{-\}\s*$")


class TemplateError(Exception):
    """The text of the book can't be used: which text, which line, what is wrong. Nothing was made from it."""

    def __init__(self, name: str, line: int | None, message: str):
        self.name, self.line, self.message = name, line, message
        super().__init__(f"{name}, line {line}: {message}" if line else f"{name}: {message}")


def figure_mark(figure_id: str, text: str) -> Markup:
    """How a named figure travels through the Markdown: its id and what is printed for it."""
    return Markup(f"{_OPEN}{_plain(figure_id)}|{_plain(text)}{_CLOSE}")


def table_mark(table_id: str) -> Markup:
    """A mention of a table by its id; `document.numbered` turns it into "Tabel 3"."""
    return Markup(f"{_OPEN}@{_plain(table_id)}{_CLOSE}")


def _plain(text: str) -> str:
    return re.sub(rf"[{_OPEN}{_CLOSE}|\n]", " ", str(text))


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja without a way out, and without the cheap ways to fill the memory."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or isinstance(left, str | list | tuple) or isinstance(right, str | list | tuple):
            raise SecurityError(f"the operator {operator} is not allowed here")
        return super().call_binop(context, operator, left, right)


def _finalize(value: Any) -> Any:
    """A name or a note from the records is text, never Markdown: its punctuation is escaped."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        text = value.translate({ord(_OPEN): "[", ord(_CLOSE): "]"})
        return Markup(_PUNCTUATION.sub(r"\\\1", " ".join(text.split("\n"))))
    return value


def render_template(source: str, context: Mapping[str, Any], *, name: str) -> str:
    """The Markdown that the template gives with this context.

    Strings of the context are set in as plain text; `Markup` (what `figure_mark` and `table_mark` return)
    is set in as it is. Any error, one raised by a function of the context included, becomes a
    `TemplateError` naming the line.
    """
    environment = _Environment(
        undefined=StrictUndefined, autoescape=True, finalize=_finalize, keep_trailing_newline=True
    )
    # Each directive carries the line it stands on, so that an error found after rendering still names it.
    lines = iter(range(1, source.count("\n") + 2))
    marked = "\n".join(
        _FENCE.sub(rf"\1 {_OPEN}#{number}{_CLOSE}", line)
        for number, line in zip(lines, source.split("\n"), strict=True)
    )
    try:
        code = environment.compile(marked, name=name, filename=name)
        template = environment.template_class.from_code(environment, code, environment.make_globals(None))
        return template.render(dict(context))
    except TemplateSyntaxError as error:
        raise TemplateError(name, error.lineno, error.message or "syntax error") from error
    except TemplateError:
        raise
    except Exception as error:
        message = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
        line = _line_of(error.__traceback__, name)
        raise TemplateError(name, line, message or type(error).__name__) from error


def _line_of(trace: TracebackType | None, name: str) -> int | None:
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _mark_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith(_OPEN, state.pos):
        return False
    end = state.src.find(_CLOSE, state.pos, state.posMax)
    if end < 0:
        return False
    if not silent:
        token = state.push("mark", "", 0)
        token.content = state.src[state.pos + 1 : end]
    state.pos = end + 1
    return True


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False})
    markdown.enable(["fence", "hr", "list", "heading", "newline", "escape", "emphasis", "entity"])
    markdown.inline.ruler.before("escape", "mark", _mark_rule)
    markdown.inline.add_terminator_char(_OPEN)
    return markdown


_MARKDOWN = _markdown()


def parse(text: str, *, blocks: Directives, name: str = "text") -> tuple[Block, ...]:
    """The blocks of a Markdown text.

    A fence with an info string (```` ```table t03_pkh ````) is a directive: the function `blocks["table"]`
    gets the rest of the line ("t03_pkh"), and the lines inside the fence after a newline where there are
    any, and returns the blocks to put there. An unknown directive, or a `KeyError` or `ValueError` raised
    by its function, becomes a `TemplateError`.
    """
    return _Reader(text, blocks, name).blocks(None)


class _Reader:
    def __init__(self, text: str, directives: Directives, name: str):
        self.lines = text.splitlines()
        self.tokens = _MARKDOWN.parse(text)
        self.directives = directives
        self.name = name
        self.at = 0
        self.depth = 0

    def blocks(self, until: str | None) -> tuple[Block, ...]:
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == until:
                break
            match token.type:
                case "paragraph_open":
                    if runs := self.runs():
                        found.append(Paragraph(runs))
                case "heading_open":
                    heading = self.heading(int(token.tag[1]))
                    found.append(Paragraph((Run(heading.text, bold=True),)) if self.depth else heading)
                case "bullet_list_open" | "ordered_list_open":
                    found.append(self.listing(token))
                case "fence":
                    found.extend(self.directive(token))
                case "hr" if not self.depth:
                    found.append(PageBreak())
        return tuple(found)

    def runs(self) -> tuple[Run, ...]:
        inline = self.tokens[self.at]
        self.at += 2
        return _runs(inline.children or [])

    def heading(self, level: int) -> Heading:
        text = "".join(run.text for run in self.runs())
        return Heading(level, _UNNUMBERED.sub("", text), numbered=not _UNNUMBERED.search(text))

    def listing(self, opening: Token) -> ListBlock:
        closing = opening.type.replace("_open", "_close")
        items = []
        while self.tokens[self.at].type != closing:
            self.at += 1
            self.depth += 1
            items.append(self.blocks("list_item_close"))
            self.depth -= 1
        self.at += 1
        return ListBlock(closing.startswith("ordered"), tuple(items), int(opening.attrs.get("start", 1)))

    def directive(self, token: Token) -> Iterable[Block]:
        info, line = token.info, (token.map[0] + 1 if token.map else None)
        if source_line := _SOURCE_LINE.search(info):
            info, line = info[: source_line.start()], int(source_line[1])
        name, _, argument = info.strip().partition(" ")
        content = token.content.strip()
        start, end = token.map or (0, 0)
        if end - start < 2 or self.lines[end - 1].strip().strip(token.markup[0]):
            raise TemplateError(self.name, line, f'the block "{name}" is not closed by a line {token.markup}')
        if name not in self.directives:
            known = ", ".join(sorted(self.directives)) or "-"
            raise TemplateError(self.name, line, f'unknown block "{name}"; known are: {known}')
        try:
            found = tuple(self.directives[name](f"{argument.strip()}\n{content}".rstrip("\n")))
            if self.depth:
                ListBlock(False, (found,))
        except (KeyError, ValueError) as error:
            message = str(error.args[0]) if error.args else type(error).__name__
            raise TemplateError(self.name, line, message) from error
        return found


def _runs(tokens: Iterable[Token]) -> tuple[Run, ...]:
    found: list[Run] = []
    bold = italic = 0
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "mark":
                found.append(_marked(token.content, bool(bold), bool(italic)))
            case _:
                text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
                previous = found[-1] if found else None
                plain = previous and not previous.figure_id and not previous.reference
                if plain and (previous.bold, previous.italic) == (bool(bold), bool(italic)):
                    found[-1] = Run(previous.text + text, bool(bold), bool(italic))
                elif text:
                    found.append(Run(text, bool(bold), bool(italic)))
    return tuple(found)


def _marked(content: str, bold: bool, italic: bool) -> Run:
    if content.startswith("@"):
        return Run("", bold, italic, reference=content[1:].strip())
    figure_id, bar, text = content.partition("|")
    if not bar:
        return Run(f"{_OPEN}{content}{_CLOSE}", bold, italic)
    return Run(text, bold, italic, figure_id=figure_id.strip())
