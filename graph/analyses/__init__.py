"""Analyses: pure functions on the projected graph, each one question about its shape.

`ANALYSES` lists them by name; NetworkX is imported when one runs, not when they are listed:

    result = ANALYSES["joint.pairs"].run(project(store), level="department")

Each result names, row by row, the relationships it rests on.
"""

from graph.analyses import bottlenecks, cuts, gaps, joint, overview, vetoes
from graph.analyses.holdings import ANSWERING, ROLES
from graph.analyses.result import Analysis, AnalysisResult, Option
from graph.analyses.rules import RULE_NAMES, TYPES
from graph.errors import ParameterError

_LEVEL = Option(
    name="level",
    about="Count posts and bodies as named, or the departments they belong to",
    default="holder",
    choices=("holder", "department"),
)
_ANSWERING = Option(name="roles", about="Roles that count", default=ANSWERING, choices=ROLES)
_ANY_ROLE = Option(name="roles", about="Roles that count", default=ROLES, choices=ROLES)
_PIVOTS = Option(
    name="pivots",
    about="Nodes to estimate from; 0 is exact in graphs of up to 2,000 nodes",
    default=0,
)
_GAP_OPTIONS = (
    Option(name="rules", about="Gaps to look for", default=RULE_NAMES, choices=RULE_NAMES),
    Option(name="types", about="Types of item to ask", default=TYPES, choices=TYPES),
)

_AS_NAMED = (
    "Counts what the documents in the graph say, whatever their dates. A collective name such as "
    "“departments” is a holder like any other, and a post stands beside its own department "
    "unless departments are counted."
)
_ABSENCE = (
    "A gap means that no document in the graph says otherwise, which is no proof that it is so."
)

_LIST = (
    Analysis(
        name="joint.items",
        title="Who holds each item, and in which role",
        about="Items with several holders, most holders first: the two-mode table of items and "
        "posts or bodies.",
        columns={
            "item": "str",
            "item_name": "str",
            "item_type": "str",
            "holder": "str",
            "holder_name": "str",
            "roles": "list",
            "holders": "int",
        },
        of="items with someone responsible",
        caveat=_AS_NAMED,
        compute=joint.items_table,
        options=(
            _ANSWERING,
            _LEVEL,
            Option(
                name="show",
                about="Items with several holders, or all items",
                default="joint",
                choices=("joint", "all"),
            ),
        ),
    ),
    Analysis(
        name="joint.pairs",
        title="Who shares most with whom",
        about="Pairs of holders by the items they share; in `weight` an item of n holders counts "
        "1/(n-1), so that large committees do not inflate it.",
        columns={
            "rank": "int",
            "first": "str",
            "first_name": "str",
            "second": "str",
            "second_name": "str",
            "shared": "int",
            "weight": "float",
            "items": "list",
            "item_names": "list",
        },
        of="items held jointly",
        caveat=_AS_NAMED,
        compute=joint.pairs_table,
        options=(_ANSWERING, _LEVEL),
    ),
    Analysis(
        name="bottlenecks",
        title="Bottlenecks at a glance",
        about="Every holder with what it carries, what runs through it, what it cuts off and what "
        "it can stop; the measures stand side by side and make no score.",
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "holder_type": "str",
            "betweenness": "float",
            "items": "int",
            "answers": "int",
            "items_cut_off": "int",
            "funds_to_stop": "int",
        },
        of="posts and bodies with a role or a say",
        caveat=f"{_AS_NAMED} A collective name such as “Government” is a holder like any other.",
        compute=overview.bottlenecks_table,
        options=(_LEVEL, _PIVOTS),
    ),
    Analysis(
        name="bottlenecks.load",
        title="Who carries how much",
        about="Items by holder and role: lead, joint, support, consulted.",
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "holder_type": "str",
            "answers": "int",
            "lead": "int",
            "joint": "int",
            "support": "int",
            "consulted": "int",
            "items": "int",
        },
        of="items with someone responsible",
        caveat=f"{_AS_NAMED} Items are counted, not weighed.",
        compute=bottlenecks.load_table,
        options=(_LEVEL,),
    ),
    Analysis(
        name="bottlenecks.betweenness",
        title="Who lies between the others",
        about="Share of the shortest paths between holders and items that run through a holder, "
        "of the most there could be.",
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "holder_type": "str",
            "betweenness": "float",
            "items": "int",
        },
        of="holders",
        caveat=f"{_AS_NAMED} A path is a shared item, not a decision that must pass.",
        compute=bottlenecks.betweenness_table,
        options=(
            _ANY_ROLE,
            _LEVEL,
            _PIVOTS,
        ),
    ),
    Analysis(
        name="bottlenecks.cut_points",
        title="Without whom it falls apart",
        about="Holders and items whose removal splits the graph of holders and items, by what "
        "they cut off.",
        columns={
            "rank": "int",
            "id": "str",
            "name": "str",
            "type": "str",
            "side": "str",
            "pieces": "int",
            "holders_cut_off": "int",
            "items_cut_off": "int",
        },
        of="holders and items",
        caveat=_AS_NAMED,
        compute=cuts.cut_points_table,
        options=(_ANY_ROLE, _LEVEL),
    ),
    Analysis(
        name="bottlenecks.bridges",
        title="Connections without a way round",
        about="Links of a holder to an item that alone connect two parts of the graph.",
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "item": "str",
            "item_name": "str",
            "holders_cut_off": "int",
            "items_cut_off": "int",
        },
        of="connections of a holder to an item",
        caveat=_AS_NAMED,
        compute=cuts.bridges_table,
        options=(_ANY_ROLE, _LEVEL),
    ),
    Analysis(
        name="bottlenecks.vetoes",
        title="Who can stop which fund",
        about="Holders that must agree before a fund moves, alone or with others, and what those "
        "funds pay for.",
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "holder_type": "str",
            "funds": "int",
            "sole": "list",
            "shared": "list",
            "fund_ids": "list",
            "reaches": "list",
            "conditions": "list",
        },
        of="funds",
        caveat="A fund with no approver in the graph may still have one that no document names.",
        compute=vetoes.vetoes_table,
        options=(_LEVEL,),
    ),
    Analysis(
        name="gaps.items",
        title="What has no owner, lead, fund, deadline or follow-up",
        about="Items and what they lack, the gravest gaps first.",
        columns={
            "item": "str",
            "item_name": "str",
            "item_type": "str",
            "gap": "str",
            "gap_title": "str",
            "severity": "str",
            "nearest": "list",
            "nearest_names": "list",
            "question": "str",
        },
        of="items of these types",
        caveat=_ABSENCE,
        compute=gaps.gaps_table,
        options=_GAP_OPTIONS,
    ),
    Analysis(
        name="gaps.summary",
        title="How many items lack what",
        about="Gaps counted by kind and type of item, each out of the items it was asked of.",
        columns={
            "gap": "str",
            "gap_title": "str",
            "severity": "str",
            "item_type": "str",
            "items": "int",
            "of": "int",
            "share": "float",
            "question": "str",
        },
        of="items of these types",
        caveat=_ABSENCE,
        compute=gaps.summary_table,
        options=_GAP_OPTIONS,
    ),
)

ANALYSES: dict[str, Analysis] = {analysis.name: analysis for analysis in _LIST}
"""Every analysis by name."""


def analysis(name: str) -> Analysis:
    """The analysis called `name`. Raises ParameterError naming those there are."""
    try:
        return ANALYSES[name]
    except KeyError:
        raise ParameterError(f"no analysis '{name}' (known: {', '.join(ANALYSES)})") from None


__all__ = ["ANALYSES", "Analysis", "AnalysisResult", "Option", "analysis"]
