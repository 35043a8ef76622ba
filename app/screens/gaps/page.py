import streamlit as st

from app.kept import decisions
from app.screens.gaps import finding_list, worklist
from app.screens.parts import cached
from app.screens.parts.overview import incomplete, needs_graph
from app.screens.parts.trouble import explained

st.title("Gaps and conflicts")

with explained():
    graph = cached.connected()
    incomplete(graph)
    if needs_graph(graph):
        kept = worklist.kept()
        worklist.unread(kept)
        standings = decisions.standings(kept.decisions)
        as_at = finding_list.choose_date()
        rules = finding_list.rules(graph, as_at)
        if rules is not None:
            rule = finding_list.choose_rule(rules, standings)
            found = finding_list.findings(graph, [rule.id], as_at)
            if found is not None:
                shown = finding_list.narrowed(found[rule.id], rule, standings)
                chosen = finding_list.choose_finding(shown, rule, standings)
                finding_list.write_address(chosen)
                if chosen is not None:
                    finding_list.show(chosen, as_at)
                    worklist.decide(chosen, shown, standings)
                worklist.work_list(graph, rules, standings, as_at)
