from django.urls import path

from erdkreis.directory.feed import LatestEntries
from erdkreis.directory.views import editing, public, suggesting
from erdkreis.web.kept import kept_for_everyone

app_name = "directory"
urlpatterns = [
    path("", public.entries, name="entries"),
    path("about/", public.about, name="about"),
    path("feed/", kept_for_everyone(LatestEntries()), name="feed"),
    path("files/directory.<str:ending>", public.file, name="file"),
    path("suggest/", suggesting.suggest, name="suggest"),
    path("mine/<str:code>/", suggesting.mine, name="mine"),
    path("mine/<str:code>/fact/", suggesting.fact, name="mine_fact"),
    path("mine/<str:code>/fact/<int:pk>/drop/", suggesting.drop_fact, name="mine_drop_fact"),
    path("mine/<str:code>/hand-in/", suggesting.hand_in, name="mine_hand_in"),
    path("mine/<str:code>/take-back/", suggesting.take_back, name="mine_take_back"),
    path("reply/<str:code>/", suggesting.reply, name="reply"),
    path("editors/", editing.desk, name="desk"),
    path("editors/people/", editing.people, name="people"),
    path("editors/start/", editing.seeds, name="seeds"),
    path("editors/list/", editing.look_through, name="look_through"),
    path("editors/list/take/", editing.take_list, name="take_list"),
    path("editors/entries/<slug:slug>/", editing.work_on, name="work_on"),
    path("editors/entries/<slug:slug>/fact/", editing.fact, name="fact"),
    path("editors/entries/<slug:slug>/fact/<int:pk>/drop/", editing.drop_fact, name="drop_fact"),
    path("editors/entries/<slug:slug>/decide/", editing.decide, name="decide"),
    path("editors/changes/<int:pk>/", editing.change, name="change"),
    path("editors/objections/<int:pk>/", editing.objection, name="objection"),
    path("editors/replies/<int:pk>/", editing.show_reply, name="show_reply"),
    path("<slug:slug>/", public.entry, name="entry"),
    path("<slug:slug>/object/", public.object_to, name="object"),
]
