"""The guided tour of docs/howto/run-the-programme.md, click by click."""

from __future__ import annotations


def fill_shipment(page, lot, grams="Dy 9000"):
    assert page.locator("#f-exporter").input_value() == "O-00001"
    page.get_by_label("Site of use").select_option(index=1)
    page.locator("#f-end_use").fill("vehicles")
    page.locator("[name='items.0.code']").fill("1C905.a.4")
    page.locator("[name='items.0.grams']").fill(grams)
    page.locator("[name='items.0.lot']").fill(lot)
    page.get_by_label("Route").fill("CN DE")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_load_state()


def test_a_motor_maker_is_found_in_the_register_and_ships(reader):
    one = reader()
    page = one.open("/")
    page.get_by_label("Name, number", exact=False).fill("Alpenrose")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Alpenrose Antriebe").click()
    assert "This certificate counts" in one.text()
    asked = page.request.get(one.server + "/register/XC-2026-0001.pdf")
    assert asked.url.startswith(one.server + "/sign-in")
    one.enter("Wei Lan")
    page = one.open("/shipments/new?certificate=XC-2026-0001")
    fill_shipment(page, "AX-90")
    assert page.locator(".answer .o").first.inner_text() == "Allowed"
    assert "quota reserved" in one.text()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download the receipt").click()
    assert kept.value.suggested_filename.startswith("receipt-")
    page.get_by_role("button", name="It left: commit").click()
    page.wait_for_load_state()
    assert "shipped" in page.locator(".answer").inner_text()


def test_the_holder_has_the_paper_and_the_credential(reader):
    one = reader().enter("Jonas Brandt")
    page = one.open("/register/XC-2026-0001")
    paper = page.request.get(one.server + "/register/XC-2026-0001.pdf")
    assert (paper.status, paper.body()[:5]) == (200, b"%PDF-")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Credential").click()
    assert kept.value.suggested_filename == "XC-2026-0001.jwt"


def test_more_than_the_cap_is_refused_with_the_reason(reader):
    one = reader().enter("Wei Lan")
    page = one.open("/shipments/new?certificate=XC-2026-0001")
    fill_shipment(page, "AX-91", "Dy 5000000")
    assert page.locator(".answer .o").first.inner_text() == "Refused"
    assert page.locator(".reasons li").first.locator(".o").inner_text() == "not met"


def test_a_mixed_group_stands_on_the_strict_track_and_waits_for_all_votes(reader):
    one = reader().enter("Jun Takeda")
    page = one.open("/queues")
    page.get_by_role("link", name="Certificate application: Tallsedge").first.click()
    page.wait_for_load_state()
    assert page.locator(".sub .tag.strict").inner_text() == "Strict track"
    assert "unanimous" in page.locator(".blocks").inner_text()
    page.locator("#f-vote").select_option("grant")
    page.locator("#f-vote_reason").fill("the mill only")
    page.locator("aside").get_by_role("button", name="Vote").click()
    page.wait_for_load_state()
    assert "Your body's vote stands." in one.text()
    assert "1 not voted" in page.locator(".blocks").inner_text()


def test_a_certificate_was_suspended_refused_a_shipment_and_was_reinstated(reader):
    one = reader()
    one.open("/register/XC-2026-0002?on=2026-10-25")
    assert "This certificate is suspended" in one.text()
    one.open("/register/XC-2026-0002")
    assert "This certificate counts" in one.text()
    one.enter("Wei Lan")
    page = one.open("/shipments?answer=refuse&certificate=XC-2026-0002")
    page.locator("table.list tbody a").first.click()
    page.wait_for_load_state()
    assert "Certificate XC-2026-0002 is suspended" in page.locator(".reasons li").first.inner_text()


def test_an_organisation_opens_a_case_saves_a_draft_and_is_told_what_is_missing(reader):
    one = reader().enter("Jonas Brandt")
    page = one.open("/cases/new")
    page.locator("form:has(input[value=incident])").get_by_role("button", name="Begin").click()
    page.wait_for_load_state()
    page.locator("form.side .acts button").first.click()
    page.wait_for_load_state()
    assert page.locator("#fault").is_visible()
    assert page.evaluate("document.activeElement.id") == "fault"
    link = page.locator("#fault a").first
    link.click()
    assert page.evaluate("document.activeElement.id") == link.get_attribute("href")[1:]
    one.expect(400)


def test_a_workbook_is_assessed_at_a_page_and_nothing_of_it_is_kept(reader, root):
    one = reader().enter("Aiko Mori")
    page = one.open("/assess")
    page.locator("#f-file").set_input_files(root / "examples" / "erp-export" / "orders-2025-2026.xlsx")
    page.get_by_role("button", name="Assess", exact=True).click(timeout=120_000)
    page.wait_for_selector("iframe.report", timeout=120_000)
    assert page.locator("#t-triage").is_visible()
    assert page.frame_locator("iframe.report").locator("#overview h1").is_visible()
    assert page.evaluate("document.querySelector('iframe.report').contentDocument") is None


def test_the_log_is_browsed_and_its_tree_built_again(reader):
    one = reader().enter("Ines Duarte")
    page = one.open("/audit")
    page.get_by_role("link", name="Build the tree again and compare").click()
    page.wait_for_load_state()
    assert "agrees" in page.locator(".done").inner_text()
    page.locator("table.list tbody a").first.click()
    page.wait_for_load_state()
    assert page.locator(".path li").count() > 3


def test_the_register_answers_while_one_types(reader):
    one = reader()
    page = one.open("/register")
    page.locator("#f-q").press_sequentially("Momijiya", delay=20)
    page.wait_for_url("**/register?q=Momijiya**")
    assert page.locator("#found tbody tr").count() == 1


def test_an_approver_decides_with_the_keyboard_alone(reader):
    one = reader().enter("Rosa Vald")
    page = one.open("/cases/C-2026-00010")
    page.locator("#f-vote").focus()
    page.keyboard.press("g")
    page.keyboard.press("Tab")
    page.keyboard.type("civil work is shown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=voted")
    assert "Your body's vote stands." in one.text()
