"""The words for whoever edits an article, and for others who are named beside."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_KINDS = _words(
    "责任 网络 网站 值班 执行 本文 本期 本版 本篇 文字 图文 新媒体 融媒体 微信 公众号 频道 栏目"
    " 版面 实习 见习 特约 助理 副 高级 资深 首席 主任 客户端 视频 内容 新闻 统筹 总"
)

EDITOR_ROLES = (
    "编辑",
    *(f"{kind}编辑" for kind in _KINDS),
    *_words("责编 网编 值班编委 编委 编审 值班编审 主编 副主编 执行主编 值班主编 值班总编 总编"),
    *_words("采编 编校 编集"),
)
"""Words for the editor, in simplified letters."""

OTHER_ROLES = _words(
    "校对 校對 审核 審核 监制 監製 策划 策劃 记者 記者 作者 来源 來源 译者 翻译 编译 摄影 制图 制作"
    " 排版 美编 设计 通讯员 撰文 撰稿 采写 文字 图片 统筹 出品 终审 复审 初审 一审 二审 三审 签发"
    " 审读 审校 文 图 视觉 运营 播音 主播 供稿 值班主任 发布 发布时间 时间 日期"
)
"""Words for others who are named in the same line: they may share the editor's label."""

CONTACTS = _words("TEL 电话 电邮 邮箱 email e-mail mail QQ 微信 微博 热线")
"""Words for what may stand after a name."""

NOT_NAMES = frozenset(_words("推荐 精选 寄语 荐语 按语 导语 手记 部 团队 说明 提示 点评"))
"""What follows the word for an editor and a space, and is no one's name."""

SAME_ROLE = {"责编": "责任编辑", "网编": "网络编辑"}
"""Short words and the long ones that they represent."""

SIMPLIFIED = str.maketrans(
    "責編輯網絡總執審務資統籌採實習見約視頻內聞眾微欄",
    "责编辑网络总执审务资统筹采实习见约视频内闻众微栏",
)
"""Traditional letters of these words."""
