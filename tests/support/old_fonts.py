"""Text as it was typed in the fonts of before Unicode; small and capital letters share their code in TCVN3."""

import unicodedata

_LETTERS = "áàảãạâấầẩẫậăắằẳẵặéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđÂĂÊÔƠƯĐ"
_TCVN3 = "¸µ¶·¹©ÊÇÈÉË¨¾»¼½ÆÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ®¢¡£¤¥¦§"
_VNI = (
    "aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë eù eø eû eõ eï eâ eá eà eå eã eä í ì æ ó ò "
    "où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î ñ"
)


def in_tcvn3(text: str) -> str:
    """As typed in .VnTime: a capital with a tone has no sign of its own and is typed small."""
    signs = dict(zip(_LETTERS, _TCVN3, strict=True))
    return "".join(signs.get(c) or signs.get(c.lower(), c) for c in unicodedata.normalize("NFC", text))


def in_vni(text: str) -> str:
    """As typed in VNI-Times."""
    signs = dict(zip(_LETTERS, _VNI.split(), strict=False))
    signs |= {small.upper(): pair.upper() for small, pair in signs.items()}
    return "".join(signs.get(c, c) for c in unicodedata.normalize("NFC", text))
