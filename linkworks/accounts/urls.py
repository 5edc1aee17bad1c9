"""Signing in and out, second factors, teams. allauth's names are kept; everything it does not need stays closed."""

from allauth.account import views as sign_in
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app_codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, URLResolver, include, path

from linkworks.core.access import allow, public, signed_in

from . import views

staff = allow(signed_in)

ours = [
    path("arrive", views.arrive, name="arrive"),
    path("set-up", views.set_up, name="set-up"),
    path("unsent", views.unsent, name="unsent"),
    path("switch", views.switch, name="switch"),
    path("you", views.account, name="account"),
    path("you/name", views.name, name="name"),
    path("you/password", views.password, name="password"),
    path("members", views.members, name="members"),
    path("members/invite", views.invite, name="invite"),
    path("members/<uuid:membership_id>", views.member, name="member"),
    path("members/<uuid:membership_id>/end", views.end, name="end"),
    path("members/<uuid:membership_id>/start-again", views.start_again, name="start-again"),
    path("invitations/<uuid:invitation_id>/resend", views.invitations_resend, name="resend"),
    path("invitations/<uuid:invitation_id>/revoke", views.invitations_revoke, name="revoke"),
    path("join/<str:token>", views.join, name="join"),
    path("password/sent", views.sent, name="password-sent"),
    path("password/new/<str:token>", views.new_password, name="new-password"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in", public(sign_in.login), name="account_login"),
    path("sign-in/code", public(second_factor.authenticate), name="mfa_authenticate"),
    path("password", views.forgotten, name="account_reset_password"),
    path("sign-out", public(sign_in.logout), name="account_logout"),
    path("confirm", staff(sign_in.reauthenticate), name="account_reauthenticate"),
    path("confirm/code", staff(second_factor.reauthenticate), name="mfa_reauthenticate"),
    path("confirm/passkey", views.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("you/second-factors", views.account, name="mfa_index"),
    path("you/passkeys", views.account, name="mfa_list_webauthn"),
    path("you/app", staff(app_codes.activate_totp), name="mfa_activate_totp"),
    path("you/app/remove", staff(app_codes.deactivate_totp), name="mfa_deactivate_totp"),
    path("you/passkeys/add", staff(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("you/passkeys/<int:pk>/remove", views.remove_passkey, name="mfa_remove_webauthn"),
    path("you/recovery-codes", staff(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("you/recovery-codes/new", staff(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("", include((ours, "accounts"))),
]
