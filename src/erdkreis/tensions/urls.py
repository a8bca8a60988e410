from django.urls import path

from erdkreis.tensions import views

app_name = "tensions"
urlpatterns = [
    path("circles/<slug:slug>/tensions/", views.tensions, name="tensions"),
    path("circles/<slug:slug>/tensions/new/", views.new, name="new"),
    path("tensions/<int:pk>/", views.tension, name="tension"),
    path("tensions/<int:pk>/words/", views.words, name="words"),
    path("tensions/<int:pk>/press/", views.press, name="press"),
    path("tensions/<int:pk>/settle/", views.settle, name="settle"),
    path("tensions/<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("tensions/<int:pk>/talk/", views.talk, name="talk"),
]
