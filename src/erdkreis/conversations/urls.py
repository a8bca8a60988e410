from django.urls import path

from erdkreis.conversations.views import lead, talk

app_name = "conversations"
urlpatterns = [
    path("t/<slug:slug>/", talk.talk, name="talk"),
    path("t/<slug:slug>/come-in/", talk.come_in, name="come_in"),
    path("t/<slug:slug>/news/", talk.news, name="news"),
    path("t/<slug:slug>/mail/", talk.mail, name="mail"),
    path("t/<slug:slug>/<int:pk>/<slug:what>/", talk.one, name="one"),
    path("talk-mail/<str:token>/", talk.confirm, name="confirm"),
    path("talk-off/<str:token>/", talk.off, name="off"),
    path("circles/<slug:slug>/conversations/", lead.conversations, name="conversations"),
    path("circles/<slug:slug>/conversations/new/", lead.new, name="new"),
    path("conversations/<int:pk>/", lead.conversation, name="conversation"),
    path("conversations/<int:pk>/move/", lead.move, name="move"),
    path("conversations/<int:pk>/close/", lead.close, name="close"),
    path("conversations/<int:pk>/moderation/", lead.moderation, name="moderation"),
    path("conversations/<int:pk>/moderation.csv", lead.moderation_file, name="moderation_file"),
    path("conversations/<int:pk>/qr/<slug:slug>.svg", lead.qr, name="qr"),
]
