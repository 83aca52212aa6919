"""What happens when something goes wrong: it is said in words, and nothing is lost."""

from __future__ import annotations

import pytest


def test_a_wrong_password_is_refused_in_words_that_tell_nothing(reader):
    one = reader()
    page = one.open("/sign-in")
    page.locator("#f-email").fill("wei@demo.example")
    page.locator("#f-password").fill("not the password at all")
    page.locator("#f-password").press("Enter")
    page.wait_for_selector("#fault")
    assert page.locator("#f-email").input_value() == ""
    assert page.locator("#f-password").input_value() == ""
    one.expect(401)


def test_somebody_signed_out_is_asked_to_sign_in_and_brought_back(reader):
    one = reader()
    page = one.open("/cases/C-2026-00005")
    assert page.url.endswith("/sign-in?next=/cases/C-2026-00005")
    page.get_by_role("button", name="Enter Jonas Brandt").click()
    page.wait_for_load_state()
    assert page.url.endswith("/cases/C-2026-00005")


def test_a_session_that_ended_elsewhere_is_over_here(reader):
    one = reader().enter("Jonas Brandt")
    one.context.clear_cookies()
    page = one.open("/cases")
    assert "/sign-in" in page.url


@pytest.mark.parametrize("path", ["/cases/C-2026-00006", "/cases/C-9999-00001", "/organisations/O-00003"])
def test_what_is_anothers_looks_like_what_is_not_there(reader, path):
    one = reader().enter("Jonas Brandt")
    one.open(path, status=404)
    assert "There is no such page" in one.text()
    one.expect(404)


def test_a_page_of_another_role_is_refused(reader):
    one = reader().enter("Jonas Brandt")
    one.open("/accounts", status=403)
    assert "This is not yours to open" in one.text()
    one.expect(403)


def test_rubbish_is_not_taken_as_a_workbook(reader, tmp_path):
    rubbish = tmp_path / "report.xlsx"
    rubbish.write_bytes(b"MZ\x90\x00 this is no workbook")
    one = reader().enter("Aiko Mori")
    page = one.open("/assess")
    page.locator("#f-file").set_input_files(rubbish)
    page.get_by_role("button", name="Assess", exact=True).click()
    page.wait_for_selector("#fault")
    assert "this file is not taken" in page.locator("#fault").inner_text()
    one.expect(400)


def test_a_shipment_without_a_day_or_items_is_told_so_and_keeps_what_was_typed(reader):
    one = reader().enter("Wei Lan")
    page = one.open("/shipments/new?certificate=XC-2026-0001")
    page.locator("#f-on").fill("")
    page.locator("#f-route").fill("CN DE")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_selector("#fault")
    assert page.locator("#f-route").input_value() == "CN DE"
    one.expect(400)


def test_it_all_works_without_script(reader):
    one = reader(java_script_enabled=False)
    page = one.open("/register")
    page.locator("#f-q").fill("Alpenrose")
    page.get_by_role("button", name="Search").click()
    page.wait_for_load_state()
    assert page.locator("#found tbody tr").count() == 1
    one.enter("Wei Lan")
    page = one.open("/shipments/new?certificate=XC-2026-0001")
    page.get_by_role("button", name="Add rows").click()
    page.wait_for_load_state()
    assert page.locator("[name='items.0.code']").count() == 1


def test_one_signs_in_and_looks_around_with_the_keyboard_alone(reader):
    one = reader()
    page = one.open("/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    people = page.get_by_role("button", name="Enter ").count()
    for _ in range(people):
        assert page.evaluate("document.activeElement.textContent.trim().startsWith('Enter')")
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "f-email"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    for _ in range(people):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")


def test_the_browsers_language_is_spoken_and_a_choice_is_kept(reader):
    one = reader(locale="zh-CN")
    page = one.open("/")
    assert page.locator("h1").inner_text() == "经验证最终用户"
    page.get_by_role("link", name="English").click()
    page.wait_for_load_state()
    one.open("/register")
    assert page.locator("h1").inner_text() == "Public register"
