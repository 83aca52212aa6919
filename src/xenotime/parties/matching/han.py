"""Names in Chinese characters, character by character: the brand decides, common words count little."""

from __future__ import annotations

from functools import lru_cache

from xenotime.parties.matching import contrast
from xenotime.parties.matching.match import Alignment, Pair
from xenotime.parties.naming.name import HAN, Name

_FULL = 1000
_BRAND, _COMMON, _TAIL = 6, 2, 1
_SHORTER, _LONGER = 6, 4
#: Words at the end or the head of a name that are often left out.
_TAILS = "集团 控股 总公司 公司 有限 责任 股份 国际 中国".split()
_GENERIC = tuple(
    sorted(
        """
        技术 科技 工业 实业 工程 机械 设备 电子 电气 电器 电力 信息 通信 通讯 网络 软件 系统 数据 智能
        人工智能 航空 航天 宇航 船舶 造船 重工 重型 汽车 动力 发动机 能源 石油 化工 化学 材料 稀土 金属
        钢铁 有色 矿业 矿产 资源 贸易 进出口 商贸 投资 金融 银行 证券 保险 基金 管理 咨询 服务 物流 运输
        建设 建筑 制造 精密 光电 光学 激光 半导体 微电子 集成电路 仪器 仪表 仪 生物 医药 医疗 制药 食品
        纺织 研究所 研究院 研究中心 实验室 大学 学院 中心 解决方案 防务 国防 国家 军工 兵器 导弹 武器
        装备 系列 产业 发展 开发 环境 海洋 安全 空间 空中 无人机 美国 日本 北京 上海 广州 深圳 天津 厂
        局 院 所 部 分 及 与 和 的 电机 电池 新能源 新材料 永磁 磁材 磁性 磁业 集成 控制 自动化 机器人
        传媒 文化 教育 全球 环球 联合 总 株式会社 有限公司
        """.split(),
        key=len,
        reverse=True,
    )
)


def align(mine: Name, theirs: Name) -> Alignment:
    """Characters in order, weighed by whether they are part of a brand or of a common word."""
    left, right = mine.key, theirs.key
    against = contrast.against(mine, theirs)
    mine_weights, their_weights = weigh(left), weigh(right)
    pairs, alone_mine, alone_theirs = [], [], []
    at = to = shared = 0
    for i, j, size in (*runs(left, right), (len(left), len(right), 0)):
        alone_mine += [left[at:i]] * (at < i)
        alone_theirs += [right[to:j]] * (to < j)
        if size:
            heft = min(sum(mine_weights[i : i + size]), sum(their_weights[j : j + size]))
            pairs.append(Pair(left[i : i + size], right[j : j + size], "same", 100, heft))
            shared += heft
        at, to = i + size, j + size
    raw = ceiling(shared, sum(mine_weights), sum(their_weights))
    return Alignment(HAN, tuple(pairs), tuple(alone_mine), tuple(alone_theirs), against, raw)


def ceiling(shared: int, mine: int, theirs: int) -> int:
    """The most that `raw` can be for two HAN names of these total weights (see `weigh`) that share so much.

    >>> ceiling(18, 18, 18), ceiling(12, 18, 18)
    (1000, 666)
    """
    least, most = min(mine, theirs), max(mine, theirs)
    return min(_FULL, _FULL * 10 * min(shared, least) // max(1, _SHORTER * least + _LONGER * most))


@lru_cache(maxsize=65536)
def weigh(name: str) -> tuple[int, ...]:
    """The weight of each character: 6 in a brand, 2 in a common word, 1 in a word often left out.

    >>> weigh("华锋电子集团")
    (6, 6, 2, 2, 1, 1)
    """
    weights = [_BRAND] * len(name)
    for words, points in ((_GENERIC, _COMMON), (_TAILS, _TAIL)):
        for word in words:
            if word in name:
                _mark(name, word, points, weights)
    if all(w < _BRAND for w in weights):
        return (_COMMON,) * len(name)
    return tuple(weights)


@lru_cache(maxsize=65536)
def runs(left: str, right: str) -> tuple[tuple[int, int, int], ...]:
    """The runs of characters that a longest common subsequence shares: (place, place, length).

    >>> runs("华锋电子", "华峰电子")
    ((0, 0, 1), (2, 2, 2))
    """
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            same = left[i] == right[j]
            table[i][j] = table[i + 1][j + 1] + 1 if same else max(table[i + 1][j], table[i][j + 1])
    found: list[tuple[int, int, int]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            a, b, size = found[-1] if found else (-1, -1, 0)
            if (a + size, b + size) == (i, j):
                found[-1] = (a, b, size + 1)
            else:
                found.append((i, j, 1))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def _mark(name: str, word: str, points: int, weights: list[int]) -> None:
    """Give the characters of a common word their weight, wherever it stands; never raise one."""
    at = name.find(word)
    while at >= 0:
        for i in range(at, at + len(word)):
            weights[i] = min(weights[i], points)
        at = name.find(word, at + len(word))
