import streamlit as st

from app import decisions
from app.screen import database, gaps, worklist
from app.screen.overview import incomplete, needs_graph
from app.screen.trouble import explained

st.title("Gaps and conflicts")

with explained():
    graph = database.connected()
    incomplete(graph)
    if needs_graph(graph):
        kept = worklist.kept()
        worklist.unread(kept)
        standings = decisions.standings(kept.decisions)
        as_at = gaps.choose_date()
        rules = gaps.rules(graph, as_at)
        if rules is not None:
            rule = gaps.choose_rule(rules, standings)
            found = gaps.findings(graph, [rule.id], as_at)
            if found is not None:
                shown = gaps.narrowed(found[rule.id], rule, standings)
                chosen = gaps.choose_finding(shown, rule, standings)
                gaps.write_address(chosen)
                if chosen is not None:
                    gaps.show(chosen, as_at)
                    worklist.decide(chosen, shown, standings)
                worklist.work_list(graph, rules, standings, as_at)
