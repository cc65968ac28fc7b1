"""The forms of the admin's pages that have more than one field."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from judge.domain.lifecycle import Role
from judge.store.accounts import LABEL_LENGTH, NAME_LENGTH
from web.accounts.forms import Lazy, check_name
from web.admin.words import ROLES

MOST_USES = 10_000
MOST_DAYS = 365


def _role(name: str) -> SelectField:
    choices = [SelectChoice(role.value, words) for role, words in ROLES.items()]
    return SelectField(Lazy("Role"), choices=choices, default=Role.STUDENT.value, id=name)


class NewUser(FlaskForm):
    """A user whom an admin makes."""

    name = StringField(
        Lazy("Name"),
        [DataRequired(), Length(2, NAME_LENGTH), check_name],
        # The page has fields to look for users too.
        id="new-name",
        render_kw={"autocomplete": "off"},
    )
    role = _role("new-role")


class NewInvitation(FlaskForm):
    """A code for others to register with."""

    uses = IntegerField(
        Lazy("How many people"), [InputRequired(), NumberRange(1, MOST_USES)], default=1
    )
    days = IntegerField(
        Lazy("Valid for (days)"), [InputRequired(), NumberRange(1, MOST_DAYS)], default=14
    )
    role = _role("role")
    label = StringField(
        Lazy("For whom (optional)"),
        [Length(max=LABEL_LENGTH)],
        render_kw={"autocomplete": "off"},
    )
