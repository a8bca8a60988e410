from django.urls import path

from erdkreis.pictures.views import host, look_again, public, result

app_name = "pictures"
urlpatterns = [
    path("rounds/<int:pk>/picture/", result.picture, name="picture"),
    path("rounds/<int:pk>/picture/make/", result.make, name="make"),
    path("rounds/<int:pk>/picture/<slug:key>.<slug:ending>", result.file, name="file"),
    path("rounds/<int:pk>/reveal/", result.reveal, name="reveal"),
    path("rounds/<int:pk>/picture/share/", host.share, name="share"),
    path("rounds/<int:pk>/picture/publish/", host.publish, name="publish"),
    path("rounds/<int:pk>/picture/as/<slug:code>/", host.as_group, name="as_group"),
    path("rounds/<int:pk>/picture/words/", host.words, name="words"),
    path("rounds/<int:pk>/picture/replies/", host.replies, name="replies"),
    path("rounds/<int:pk>/before-after/", look_again.changes, name="before_after"),
    path(
        "rounds/<int:pk>/before-after/<slug:key>.<slug:ending>",
        look_again.file,
        name="before_after_file",
    ),
    # Short and public: the picture as everyone sees it.
    path("p/<slug:slug>/", public.picture, name="public"),
    path("p/<slug:slug>/group/<slug:code>/", public.group, name="public_group"),
    path("p/<slug:slug>/before-after/", look_again.public, name="public_before_after"),
    path(
        "p/<slug:slug>/before-after/<slug:key>.<slug:ending>",
        look_again.public_file,
        name="public_before_after_file",
    ),
    path("p/<slug:slug>/<slug:key>.<slug:ending>", public.file, name="public_file"),
]
