"""Which encoding bytes are in that are no UTF-8.

charset-normalizer knows a hundred encodings, but needs more text than a headline. The handful that
news come in is told first by what the bytes would say: ordinary characters of a language, or junk.
"""

from __future__ import annotations

import codecs

_CHINESE = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然"
    "家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机"
    "十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西"
    "斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打"
    "女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五"
    "基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清"
    "今切院让识候带导争运笔字标容称港媒环球网记者据经济银行股份增长责任编辑"
)
_TRADITIONAL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所然家種"
    "事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第"
    "公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合"
    "回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總"
    "何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指許統區保至隊形社便空決治展馬科司五基書非則聽白卻"
    "界達光放強即像難且權思王完設式色路記南品住告類求據程北邊張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運標"
    "容稱港媒環球網濟銀股份增責任編輯"
)
_PUNCTUATION = frozenset("，。、：；“”‘’（）《》〈〉【】「」『』！？·—…　％０１２３４５６７８９")
_KANA = frozenset(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD)))) | {"日", "の"}
_HANGUL = frozenset(
    "이다는의을에가고하한은로지를기도사어서리자나시정인대들그해수보원일전부국장있제주상만과라계적했으된습니까스와요년월"
    "성안경여오구선화관비조위세연동공할것게되진유중무신치문방미소재발명산법개물영생간두당실모및"
)
"""The commonest characters of each language, as news use them: a third of any text at least."""

_CANDIDATES = (
    ("gb18030", _CHINESE | _PUNCTUATION),
    ("big5", _TRADITIONAL | _PUNCTUATION),
    ("gb18030", _TRADITIONAL | _PUNCTUATION),
    ("cp932", _KANA | _PUNCTUATION),
    ("euc_jp", _KANA | _PUNCTUATION),
    ("cp949", _HANGUL | _PUNCTUATION),
)
_ENOUGH = 100_000
"""Bytes that are looked at: charset-normalizer takes a hundred times the memory of what it gets."""
_HIGH = bytes(range(128, 256))
_SCORE = 0.35
"""The share of a text's characters that are common ones from which on the language is certain."""

_WESTERN = tuple(
    frozenset(letters + letters.upper() + "’‘“”„«»–—…°©®·€£§ºª\u00a0")
    for letters in (
        "àâæçéèêëîïôœùûüÿ",
        "áéíóúüñ¿¡",
        "áâãàçéêíóôõúü",
        "äöüßé",
        "àèéìíîòóùú",
        "åæøäöéü",
    )
)
"""What French, Spanish, Portuguese, German, Italian and the Nordic languages have beyond ASCII."""

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
_NAMES = {
    "gb18030": "GB18030 (GBK)",
    "big5": "Big5",
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
    "cp1252": "Windows-1252",
    "utf_16": "UTF-16",
    "utf_16_be": "UTF-16",
    "utf_16_le": "UTF-16",
    "utf_32": "UTF-32",
}


def detect(raw: bytes) -> str | None:
    """Python's name of the encoding that bytes seem to be in, or None; never UTF-8."""
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return encoding
    raw = _sample(raw)
    high = bytes(b for b in raw if b > 127)
    scores = [(_score(raw, encoding, common), encoding) for encoding, common in _CANDIDATES]
    best, encoding = max(scores, key=lambda pair: pair[0])
    if best >= _SCORE and len(high) > 2:
        return encoding
    if _is_western(high):
        return "cp1252"
    from charset_normalizer import from_bytes

    match = from_bytes(raw).best()
    return None if match is None or match.encoding in ("utf_8", "ascii") else match.encoding


def _sample(raw: bytes) -> bytes:
    """The beginning of long bytes, which tells as much; it ends with a complete character."""
    if len(raw) <= _ENOUGH:
        return raw
    return raw[:_ENOUGH].rstrip(_HIGH) or raw[:_ENOUGH]


def title(encoding: str) -> str:
    """Return an encoding's name for people."""
    return _NAMES.get(encoding, encoding.replace("_", "-"))


def decode(raw: bytes, encoding: str) -> str | None:
    """Return the text, or None where the bytes do not fit."""
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _score(raw: bytes, encoding: str, common: frozenset[str]) -> float:
    """The share of the characters beyond ASCII that are common; 0 where the bytes do not fit."""
    text = decode(raw, encoding)
    foreign = [c for c in text or "" if c > "\x7f"]
    return sum(c in common for c in foreign) / len(foreign) if foreign else 0.0


def _is_western(high: bytes) -> bool:
    letters = decode(high, "cp1252")
    return letters is not None and any(set(letters) <= language for language in _WESTERN)
