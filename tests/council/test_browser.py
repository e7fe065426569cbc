"""The officer's pages and the sign-in page in a real browser, with the keyboard alone."""

import os
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of, title_contains
from selenium.webdriver.support.ui import WebDriverWait

from sencoapp.sync.sign_in import sign_in
from sencoapp.sync.transport import Transport
from tests.council.running import PASSWORD, new_id, pack_of

pytestmark = pytest.mark.browser
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-proxy-server",
    "--force-device-scale-factor=1",
    "--window-size=1366,768",
]
SHOTS = os.environ.get("SHOTS")
"""A folder for pictures of the pages, where a person wants to look at them."""


@pytest.fixture
def browser(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for each in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    started.set_window_size(1366, 768 + 768 - started.execute_script("return innerHeight"))
    yield started
    started.quit()


def sign_in_with_keys(browser, username):
    """From where the page puts the focus: name, tab, password, enter."""
    then_new_page(browser, browser.switch_to.active_element, username, Keys.TAB)
    then_new_page(browser, browser.switch_to.active_element, PASSWORD, Keys.ENTER)


def then_new_page(browser, element, *keys):
    page = browser.find_element(By.TAG_NAME, "html")
    element.send_keys(*keys)
    if keys[-1] == Keys.ENTER:
        WebDriverWait(browser, 20).until(staleness_of(page))


def tab_to(browser, css):
    """Goes on with the Tab key until the focus is there, as someone without a mouse does."""
    wanted = browser.find_element(By.CSS_SELECTOR, css)
    for _ in range(60):
        if browser.switch_to.active_element == wanted:
            return wanted
        browser.switch_to.active_element.send_keys(Keys.TAB)
    raise AssertionError(f"{css} cannot be reached with the keyboard")


def shoot(browser, name):
    if SHOTS:
        browser.save_screenshot(str(Path(SHOTS) / f"{name}.png"))


def faults_of_the_page(browser):
    """What the console complains of: a blocked style, font or script would stand here."""
    return [each["message"] for each in browser.get_log("browser") if "status of 422" not in each["message"]]


def unnamed(browser):
    """Fields and buttons that a screen reader could not name."""
    return browser.execute_script(
        "return [...document.querySelectorAll('input:not([type=hidden]),textarea,button,a')]"
        ".filter(e => !(e.labels && e.labels.length) && !e.textContent.trim()).map(e => e.outerHTML)"
    )


def test_an_officer_decides_without_a_mouse(gateway, laptop, browser):
    manifest, pieces = pack_of(os.urandom(900_000))
    id = new_id()
    laptop.send_all(manifest, pieces, id)
    after = len(laptop.client.replies(0))

    browser.get(f"{gateway.url}/officer")
    shoot(browser, "sign-in")
    sign_in_with_keys(browser, "officer")
    assert browser.find_element(By.TAG_NAME, "h1").text == "Requests for an EHC needs assessment"
    shoot(browser, "list")

    then_new_page(browser, tab_to(browser, f"a[href$='{id}']"), Keys.ENTER)
    assert browser.find_element(By.TAG_NAME, "h1").text == "Maya Quillfeather"
    assert unnamed(browser) == []
    shoot(browser, "submission")

    then_new_page(browser, tab_to(browser, "#decision button"), Keys.ENTER)
    WebDriverWait(browser, 20).until(title_contains("Error:"))
    assert browser.find_element(By.CSS_SELECTOR, "[role=alert] h2").text == "There is a problem"
    shoot(browser, "problem")

    tab_to(browser, "#decision_assess").send_keys(Keys.SPACE)
    tab_to(browser, "#decision_text").send_keys("The evidence meets section 36(8).")
    then_new_page(browser, tab_to(browser, "#decision button"), Keys.ENTER)
    assert "The decision is recorded" in browser.find_element(By.CSS_SELECTOR, "[role=status]").text
    shoot(browser, "decided")

    [reply] = laptop.client.replies(after)
    assert (reply.decision, reply.text) == ("assess", "The evidence meets section 36(8).")
    assert faults_of_the_page(browser) == []


def test_the_page_does_not_scroll_sideways_on_a_narrow_screen(gateway, laptop, browser):
    manifest, pieces = pack_of(os.urandom(10))
    id = new_id()
    laptop.send_all(manifest, pieces, id)
    browser.get(f"{gateway.url}/officer")
    sign_in_with_keys(browser, "officer")
    browser.set_window_size(500, 900)
    for path in ("/officer", f"/officer/submissions/{id}"):
        browser.get(gateway.url + path)
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    shoot(browser, "narrow")


def test_a_person_signs_a_laptop_in_through_the_browser(gateway, browser):
    """The policy of the page must let the form lead back to the laptop; only a real browser shows that."""
    transport = Transport(gateway.url)

    def open_url(url):
        browser.get(url)
        assert unnamed(browser) == []
        shoot(browser, "laptop-sign-in")
        sign_in_with_keys(browser, "ashby")

    grant = sign_in(transport, open_url, receipt_key={})
    transport.close()
    assert grant.access_token
    assert browser.find_element(By.TAG_NAME, "h1").text == "You are signed in"
    shoot(browser, "laptop-signed-in")
    assert [each for each in faults_of_the_page(browser) if "favicon" not in each] == []
