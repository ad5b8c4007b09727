"""A real Chromium (Debian's) for the tests marked `browser`; where there is none they are skipped and say so."""

import os
import shutil

import pytest

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "true"  # Playwright's synchronous interface runs inside an event loop
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SERIOUS = {"serious", "critical"}
PHONE, DESK = (360, 740), (1280, 900)


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed here (tools/system-packages installs it).")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed here.")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium, live_server):
    """A page of the running application: `page = browser_page(user=people.secretary, language="en", size=PHONE)`."""
    contexts = []

    def opened(*, user=None, language="id", size=DESK, color_scheme="light"):
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            base_url=live_server.url,
            color_scheme=color_scheme,
        )
        contexts.append(context)
        cookies = {"django_language": language}
        if user is not None:
            cookies["sessionid"] = _session_of(user)
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.failures = []
        page.on("pageerror", lambda error: page.failures.append(str(error)))
        page.on("console", lambda said: page.failures.append(said.text) if said.type == "error" else None)
        return page

    yield opened
    for context in contexts:
        context.close()


def _session_of(user) -> str:
    from django.test import Client  # noqa: PLC0415  Django is not ready while conftest files load

    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


@pytest.fixture
def assert_usable(browser_page):
    """Open an address on a phone and on a desk, in light and dark: nothing serious for axe, no sideways scrolling."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed here."
    ).Axe()

    def check(address: str, *, user=None, language="id", status=200) -> None:
        for size, scheme in ((PHONE, "light"), (DESK, "light"), (DESK, "dark")):
            page = browser_page(user=user, language=language, size=size, color_scheme=scheme)
            where = f"{address} ({language}, {size[0]} px, {scheme})"
            assert page.goto(address).status == status, where
            assert page.locator("html").get_attribute("lang") == language, where
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size[0], (
                f"{where} scrolls sideways: {wide} px. Too wide: {_too_wide(page, size[0])}"
            )
            found = [v for v in axe.run(page).response["violations"] if v["impact"] in SERIOUS]
            assert not found, f"{where}: " + "; ".join(
                f"{v['id']}: {v['help']} {[node['target'] for node in v['nodes'][:3]]}" for v in found
            )
            assert not page.failures, f"{where}: {page.failures}"
            page.context.close()

    return check


def _too_wide(page, width: int) -> list[str]:
    return page.evaluate(
        """width => [...document.querySelectorAll("body *")]
            .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest(".table-frame"))
            .slice(0, 5).map(e => e.outerHTML.slice(0, 90))""",
        width,
    )
