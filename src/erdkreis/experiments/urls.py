from django.urls import path

from erdkreis.experiments.views import at_group, listed, one, shaping, talk

app_name = "experiments"
_CIRCLE = "circles/<slug:slug>/experiments/"
_ONE = "experiments/<int:pk>/"
urlpatterns = [
    path(_CIRCLE, listed.experiments, name="experiments"),
    path(f"{_CIRCLE}take-up/", listed.take_up, name="take_up"),
    path(_ONE, one.experiment, name="experiment"),
    path(f"{_ONE}shape/<int:step>/", shaping.shape, name="shape"),
    path(f"{_ONE}move/", one.move, name="move"),
    path(f"{_ONE}drop/", one.drop, name="drop"),
    path(f"{_ONE}stop/", one.halt, name="halt"),
    path(f"{_ONE}amend/", shaping.amend, name="amend"),
    path(f"{_ONE}touched/", shaping.touched, name="touched"),
    path(f"{_ONE}review/", one.review, name="review"),
    path(f"{_ONE}again/", one.again, name="again"),
    path(f"{_ONE}tell/", one.tell, name="tell"),
    path(f"{_ONE}talk/", talk.talk, name="talk"),
    path(f"{_ONE}path/", one.path_page, name="path"),
    path("rounds/<int:pk>/again/", listed.round_again, name="round_again"),
    # For those touched: no account, one address per group.
    path("x/<slug:slug>/", at_group.at_group, name="at_group"),
]
