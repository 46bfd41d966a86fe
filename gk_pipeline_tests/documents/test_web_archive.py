"""Pages saved in one file, as Chrome, Internet Explorer and Word write them."""

import quopri
from base64 import b64encode

import pytest
from ways import QINGXI, facts_of, gk

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.media_type import media_type
from gk_pipeline.documents.read import read_bytes

LABELS = ("总体情况", "行政许可", "总计")
PAGE = "<html><head><title>某县</title></head><body><p>一、总体情况</p><table><tr><td>总计<td>12</table></body></html>"


def part(content, kind="text/html", how=quopri.encodestring, **headers):
    told = {"Content-Type": kind, "Content-Transfer-Encoding": how.__name__.replace("encodestring", "quoted-printable")}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in (told | named).items()]
    return "\r\n".join([*lines, "", how(content).decode("ascii")]).encode()


def base64(content):
    return b64encode(content)


def saved(*parts, headers=('Content-Type: multipart/related; type="text/html"; boundary="--x--"',)):
    head = "\r\n".join(["From: <Saved by Blink>", "MIME-Version: 1.0", *headers, "", ""]).encode()
    return head + b"".join(b"----x--\r\n" + one + b"\r\n" for one in parts) + b"----x----\r\n"


def read(raw):
    assert media_type(raw, "page.mhtml") == "multipart/related"
    return read_bytes(raw, "page.mhtml", LABELS)


def texts(document):
    return [block.text or [cell.text for cell in block.cells] for block in document.blocks]


@pytest.mark.parametrize("how", [quopri.encodestring, base64])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_page_is_read_however_it_is_written(how, encoding):
    document = read(saved(part(PAGE.encode(encoding), how=how), part(b"\x89PNG", "image/png", base64)))
    assert texts(document) == ["一、总体情况", ["总计", "12"]]
    assert document.title == "某县"
    assert document.encoding.lower().startswith(encoding[:2])


def test_the_report_of_a_saved_page_is_that_of_the_page(tmp_path):
    (tmp_path / "page.mht").write_bytes(saved(part(QINGXI.read_bytes(), how=base64)))
    [saved_page], [page] = gk("extract", tmp_path / "page.mht").objects, gk("extract", QINGXI).objects
    assert facts_of(saved_page) == facts_of(page)


def test_the_part_that_the_archive_starts_with_is_the_page():
    headers = ('Content-Type: multipart/related; start="<b@x>"; boundary="--x--"',)
    other = part("<p>页眉</p>".encode(), Content_ID="<a@x>")
    assert texts(read(saved(other, part(PAGE.encode(), Content_ID="<b@x>"), headers=headers)))[0] == "一、总体情况"


def test_pages_that_nothing_shows_are_not_read_and_named():
    advert = part("<p>广告 99</p>".encode(), Content_Location="http://x.gov.cn/advert")
    document = read(saved(part(PAGE.encode()), advert))
    assert texts(document) == ["一、总体情况", ["总计", "12"]]
    [finding] = document.findings
    assert (finding.code, finding.evidence) == ("pages_not_shown", "http://x.gov.cn/advert")


def test_a_page_that_holds_no_report_beside_one_that_does_is_told_of(tmp_path):
    opened = part(b"<p>empty</p>", Content_Location="http://x/x")
    (tmp_path / "page.mht").write_bytes(
        saved(opened, part(QINGXI.read_bytes(), how=base64, Content_Location="http://x/r"))
    )
    [found] = gk("extract", tmp_path / "page.mht").objects
    assert ("pages_not_shown", "http://x/r") in [(one["code"], one["evidence"]) for one in found["findings"]]
    assert found["error"]


@pytest.mark.parametrize(
    ("root", "source", "address"),
    [
        ("http://a/", "r.html", "http://a/r.html"),
        ("http://a/b/x.html", "../r.html", "http://a/r.html"),
        ("http://a/b/x.html", "/r.html", "http://a/r.html"),
        ("http://a/x.html", "http://a/r.html", "r.html"),
        ("http://a/x.html", " r.html\n", "http://a/r.html"),
        ("", "r.html", "r.html"),
        ("http://[", "r.html", "r.html"),
    ],
)
def test_a_frame_is_found_by_an_address_relative_to_its_page(root, source, address):
    around = f'<frameset><frame src="{source}"></frameset>'.encode()
    document = read(saved(part(around, Content_Location=root), part(PAGE.encode(), Content_Location=address)))
    assert texts(document) == ["一、总体情况", ["总计", "12"]]


def test_the_frame_of_a_frame_is_relative_to_the_page_it_stands_in():
    parts = [
        part(b'<iframe src="b/f.html"></iframe>', Content_Location="http://a/x.html"),
        part(b'<iframe src="r.html"></iframe>', Content_Location="http://a/b/f.html"),
        part("<p>别处</p>".encode(), Content_Location="http://a/r.html"),
        part(PAGE.encode(), Content_Location="http://a/b/r.html"),
    ]
    assert texts(read(saved(*parts))) == ["一、总体情况", ["总计", "12"]]


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe style="display: none" src="http://x/f"></iframe>',
        '<iframe hidden src="http://x/f"></iframe>',
        '<div style="display:none"><p><iframe src="http://x/f"></iframe></div>',
        '<noscript><iframe src="http://x/f"></iframe></noscript>',
    ],
)
def test_a_hidden_frame_is_not_read(frame):
    document = read(saved(part(f"<p>某县</p>{frame}".encode()), part(PAGE.encode(), Content_Location="http://x/f")))
    assert texts(document) == ["某县"]
    assert [finding.code for finding in document.findings] == ["pages_not_shown"]


@pytest.mark.parametrize(
    "address", [{"Content_Location": "http://x.gov.cn/f.html"}, {"Content_ID": "<frame-1@mhtml.blink>"}]
)
def test_a_frame_is_read_after_the_page_that_shows_it_and_told(address):
    source = address.get("Content_Location", "cid:frame-1@mhtml.blink")
    around = f'<html><body><p>某县2020年年度报告</p><iframe src="{source}"></iframe></body></html>'
    document = read(saved(part(around.encode()), part(PAGE.encode(), **address)))
    assert texts(document) == ["某县2020年年度报告", "一、总体情况", ["总计", "12"]]
    assert [finding.code for finding in document.findings] == ["frames_follow"]


def test_frames_in_frames_are_read_however_many_and_each_once():
    frames = [
        f'<p>第{n}页</p><iframe src="http://x/{n + 1}"></iframe><iframe src="http://x/0"></iframe>' for n in range(30)
    ]
    parts = [part(frame.encode(), Content_Location=f"http://x/{n}") for n, frame in enumerate(frames)]
    document = read(saved(part(b'<iframe src="http://x/0"></iframe>'), *parts))
    assert texts(document) == [f"第{n}页" for n in range(30)]


def test_the_address_of_the_page_is_kept():
    assert read(saved(part(PAGE.encode(), Content_Location="http://x.gov.cn/1.html"))).source_url == (
        "http://x.gov.cn/1.html"
    )


def test_a_page_without_other_parts_is_a_saved_page_too():
    raw = b"MIME-Version: 1.0\r\n" + part(PAGE.encode())
    assert texts(read(raw)) == ["一、总体情况", ["总计", "12"]]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (saved(part(b"\x89PNG", "image/png", base64)), "no_page"),
        (saved(*[part(b"x", "image/png", base64)] * 5_001), "too_many_parts"),
        (b"MIME-Version: 1.0\r\n" + b"".join(
            b'Content-Type: multipart/related; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3_000)
        ), "too_deep"),
        (saved(part(b"<p></p>")), "no_text"),
    ],
)  # fmt: skip
def test_what_holds_no_report_is_refused(raw, code):
    with pytest.raises(Unreadable) as refused:
        read_bytes(raw, "page.mht", LABELS)
    assert refused.value.code == code


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_truncated_page_is_read_as_far_as_it_goes_or_refused(cut):
    raw = saved(part(QINGXI.read_bytes(), how=base64))
    try:
        document = read_bytes(raw[: int(len(raw) * cut)], "page.mht", LABELS)
    except Unreadable:
        return
    assert len(document.blocks) > 0
