"""The app's router: `streamlit run app/main.py`, or `joinedup app`.

Which database it asks comes from the environment (see `app.settings`), and who may ask from there
and from Streamlit's secrets (see `app.access`). The pages stand in `app.screen.pages`.
"""

from app.screen import address, signing, tour, trouble, viewing
from app.screen.layout import layout
from app.screen.pages import current, made, navigation

layout()
who = signing.visit()
every = made()
running = navigation(every, hidden=not who.enters)
if who.enters:
    signing.follow(who, every)
    viewing.offer(current(running))
    signing.aside(who)
    tour.banner(current(running))
    running.run()
    trouble.keep_typed()
    address.tell()
else:
    signing.entrance(who, running)
