"""The app's router: `streamlit run app/main.py`, or `joinedup app`.

Which database it asks comes from the environment (see `app.settings`), and who may ask from there
and from Streamlit's secrets (see `app.people.roles`). The pages stand in `app.screens.parts.pages`.
"""

from app.screens.parts import address, save_view, signing, tour, trouble
from app.screens.parts.page_style import layout
from app.screens.parts.pages import current, made, navigation

layout()
who = signing.visit()
every = made()
running = navigation(every, hidden=not who.enters)
if who.enters:
    signing.follow(who, every)
    save_view.offer(current(running))
    signing.aside(who)
    tour.banner(current(running))
    running.run()
    trouble.keep_typed()
    address.tell()
else:
    signing.entrance(who, running)
