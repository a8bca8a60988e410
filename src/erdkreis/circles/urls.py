from django.urls import path

from erdkreis.circles import views

app_name = "circles"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("<slug:slug>/groups/", views.groups, name="groups"),
    path("<slug:slug>/groups/new/", views.group, name="group_new"),
    path("<slug:slug>/groups/<slug:code>/", views.group, name="group"),
    path("<slug:slug>/journal/", views.journal, name="journal"),
    path("<slug:slug>/people/", views.people, name="people"),
    path("<slug:slug>/people/<int:role_id>/take/", views.take_role, name="take_role"),
]
