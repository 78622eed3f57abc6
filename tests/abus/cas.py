"""The abuse cases, each with the tests that try it, or the reason why nothing does yet. `python -m tests.abus.cas` writes docs/abus.md."""

from pathlib import Path
from typing import NamedTuple

RACINE = Path(__file__).parents[2]
PAGE = RACINE / "docs" / "abus.md"


class Cas(NamedTuple):
    """A case: its code, what is tried, and either the tests (`folder/file::test`, without `test_`) or why there are none."""

    code: str
    objet: str
    essais: tuple[str, ...] = ()
    reste: str = ""


FAMILLES = {"A": "Accès", "B": "États et courses", "C": "Saisies", "D": "Fichiers", "E": "Dehors"}
_IDOR = "acces/idor::nothing_of_somebody_else_s"
_A_ECRIRE = "essai à écrire"
CAS = (
    Cas("A1", "dossier d'un autre, par son identifiant", (_IDOR, "acces/idor::a_number_is_no_key")),
    Cas("A2", "pièce d'un autre, par son identifiant", (_IDOR, "agent_portail/idor::a_file_of_another_dossier_is_not_in_this_one")),
    Cas(
        "A3",
        "accusé, récapitulatif ou export d'un autre",
        (_IDOR, "agent_portail/pec::nobody_else_has_it_and_a_depot_that_is_not_there_has_none"),
    ),
    Cas("A4", "fil de messages d'un autre", (_IDOR, "acces/rls::each_reads_theirs_and_nothing_else")),
    Cas("A5", "lien de reprise d'un brouillon", ("saisie/acces::a_link_altered_names_nothing", "saisie/acces::a_link_has_one_writing")),
    Cas("A6", "code de suivi deviné", ("suivi/prove_code::ten_tries_an_hour_on_a_number_known_or_not",)),
    Cas(
        "A7",
        "existence révélée par les mots ou par le temps",
        (
            "annuaire/login::time_does_not_tell_which_accounts_exist",
            "instruction/sans_compte::an_unknown_number_costs_and_says_what_a_wrong_password_does",
        ),
    ),
    Cas(
        "A8",
        "agent d'un autre service",
        ("acces/rls::each_reads_theirs_and_nothing_else", "agent_portail/bannette::another_town_sees_nothing_of_it"),
    ),
    Cas("A9", "agent hors de sa commune", ("agent_portail/idor::reading", "agent_portail/idor::acting")),
    Cas("A10", "agent révoqué, session encore ouverte", ("annuaire/agents::revoke_ends_sessions_secret_and_codes",)),
    Cas("A11", "version ancienne ou démarche non publiée", reste=_A_ECRIRE),
    Cas("A12", "étape sautée, champ caché envoyé", ("usager/mauvaises_saisies::fields_unknown_hidden_or_repeated",)),
    Cas(
        "A13",
        "exploitant qui lit les contenus",
        ("agent_portail/supervision::mails_that_came_back_and_pages_that_do_not_help_are_counted_and_nobody_is_named",),
    ),
    Cas("A14", "fichier à une adresse publique", ("pieces/quarantaine::nobody_is_given_it", _IDOR)),
    Cas("A15", "représentant d'association qui ne l'est plus", reste="il n'y a pas encore de comptes d'association"),
    Cas("B1", "double envoi", ("teledossiers/submit::a_second_call_returns_the_first_one_s",)),
    Cas("B2", "cinquante envois à la fois", reste=_A_ECRIRE),
    Cas("B3", "modification après l'envoi", ("usager/mauvaises_saisies::what_was_sent_does_not_change",)),
    Cas("B4", "deux agents décident à la fois", ("instruction/courses::two_tabs_decide_at_once",)),
    Cas("B5", "dernier créneau pris par cent personnes", reste="il n'y a pas encore de rendez-vous"),
    Cas("B6", "lien de reprise imposé à un autre", reste=_A_ECRIRE),
    Cas("B7", "session imposée avant la connexion", reste=_A_ECRIRE),
    Cas("B8", "brouillon rattaché au mauvais compte", reste="il n'y a pas encore de comptes d'usagers"),
    Cas("B9", "appel d'un partenaire rejoué ou en désordre", reste="il n'y a pas encore d'appels de partenaires"),
    Cas("B10", "clé d'idempotence volée", reste="il n'y a pas encore d'API"),
    Cas("C1", "champs de la plateforme envoyés par l'usager", ("saisie/fill::fields_unknown_hidden_or_of_another_page_are_ignored",)),
    Cas("C2", "donnée certifiée modifiée", reste=_A_ECRIRE),
    Cas("C3", "formule dans un tableur", reste=_A_ECRIRE),
    Cas("C4", "script dans un champ", ("theme/champs::hostile_text_stays_text", "theme/pages::hostile_addresses_and_messages_stay_text")),
    Cas("C5", "gabarit dans un texte", ("courriers/gabarits::what_is_given_is_said_as_it_is",)),
    Cas(
        "C6",
        "entités XML",
        ("fiches/sources::an_entity_is_never_followed", "teledossiers/pec_lire::a_message_that_declares_entities_is_not_read"),
    ),
    Cas("C7", "caractères de contrôle", ("usager/mauvaises_saisies::control_bidi_and_hostile_characters",)),
    Cas("C8", "en-tête ajouté à un courriel", ("courriers/message::a_subject_cannot_add_a_header",)),
    Cas("C9", "ligne ajoutée aux traces", reste=_A_ECRIRE),
    Cas(
        "C10",
        "adresses et noms trompeurs",
        ("courriers/adresses::what_is_not_an_address_is_refused", "courriers/gabarits::a_line_has_no_control_and_no_bidi"),
    ),
    Cas("C11", "expression rationnelle qui explose", ("langage/feel_bornes::no_regular_expression_explodes",)),
    Cas("C12", "condition qui sort de son bac à sable", ("langage/feel_bornes::what_costs_too_much_is_null_and_soon",)),
    Cas(
        "C13",
        "démarche ou condition démesurée",
        ("langage/yaml_strict::a_bomb_is_refused_before_it_grows", "langage/feel_bornes::a_depth_past_python_s_is_refused_or_null"),
    ),
    Cas("C14", "JSON trop profond, trop gros, mal formé", ("fiches/sources::json_that_is_no_document_is_told",)),
    Cas("C15", "SQL dans les listes d'agents", ("agent_portail/bannette::words_that_mean_nothing_are_nothing_asked",)),
    Cas("C16", "redirection ouverte", reste=_A_ECRIRE),
    Cas("C17", "en-tête Host empoisonné", ("usager/mauvaises_saisies::a_host_that_is_not_ours_is_nowhere_repeated",)),
    Cas("C18", "formulaire forgé ailleurs", ("usager/mauvaises_saisies::a_form_without_its_proof",)),
    Cas("C19", "page mise dans un cadre", ("theme/pages::every_page_forbids_what_it_does_not_need",)),
    Cas("D1", "chemins dans les noms", ("pieces/noms::any_name_is_safe", "teledossiers/pec_lire::a_name_that_leads_outside_is_said")),
    Cas("D2", "extension mensongère, fichier double", ("pieces/examen::a_file_that_is_two_things_is_suspect",)),
    Cas("D3", "SVG ou HTML ouvert dans la page", ("agent_portail/dossier::a_file_leaves_as_an_attachment_in_a_sandbox",)),
    Cas(
        "D4",
        "bombe zip",
        ("teledossiers/pec_lire::a_bomb_is_not_inflated", "teledossiers/pec_lire::a_hundred_thousand_members_are_not_even_listed"),
    ),
    Cas("D5", "bombe d'image", ("pieces/examen::a_picture_of_thousands_of_millions_of_pixels_is_suspect",)),
    Cas(
        "D6",
        "PDF actif, chiffré ou démesuré",
        ("pieces/sorties::the_sanitised_copy_holds_nothing_that_acts", "pieces/sorties::an_encrypted_pdf_is_not_opened"),
    ),
    Cas("D7", "virus, antivirus absent", ("pieces/quarantaine::it_is_refused_and_set_aside",)),
    Cas(
        "D8",
        "envoi sans fin, disque rempli",
        ("pieces/televersement::clients_who_stop_sending_are_let_go", "pieces/televersement::a_trickle_is_a_stop"),
    ),
    Cas("D9", "lien vers un fichier détruit", ("vies/vies::a_request_lives_until_the_time_for_appeal_is_over_then_its_trace_three_years",)),
    Cas("D10", "métadonnées dans ce qui part", ("pieces/sorties::a_picture_leaves_upright_without_metadata",)),
    Cas("E1", "adresse interne donnée par un partenaire", reste="la plateforme n'appelle encore aucune adresse donnée par un partenaire"),
    Cas("E2", "réponse empoisonnée d'une source", reste=_A_ECRIRE),
    Cas("E3", "accusé de partenaire forgé", reste="les partenaires ne renvoient pas encore d'accusé"),
    Cas(
        "E4",
        "hameçonnage par nos courriels",
        ("courriers/gabarits::links_are_the_platform_s_own", "courriers/gabarits::a_value_is_one_short_line"),
    ),
    Cas("E5", "bombardement de courriels", ("suivi/renew_code::few_askings_on_a_number_and_from_a_place",)),
    Cas("E6", "sauvegarde lisible", ("vies/vies::an_old_backup_cannot_be_read_once_its_period_is_over",)),
    Cas("E7", "dépendance vulnérable", reste="demande une base de vulnérabilités en ligne"),
    Cas("E8", "secret dans une trace", ("vies/vies::a_request_lives_until_the_time_for_appeal_is_over_then_its_trace_three_years",)),
    Cas("E9", "requête vers un tiers", ("theme/pages::scripts_and_styles_are_ours_alone", "theme/assets::no_address_leads_elsewhere")),
)


def fichier(essai: str) -> tuple[Path, str]:
    """Return the file of a test and its function."""
    chemin, _, nom = essai.partition("::")
    dossier, _, module = chemin.rpartition("/")
    return RACINE / "tests" / dossier / f"test_{module}.py", f"test_{nom}"


def page() -> str:
    """Return docs/abus.md."""
    couverts = sum(bool(cas.essais) for cas in CAS)
    lignes = [
        "# Les abus essayés",
        "",
        f"{couverts} cas sur {len(CAS)} ont au moins un essai ; les autres disent pourquoi. Cette page est faite par",
        "`python -m tests.abus.cas` ; un essai vérifie qu'elle est à jour et que chaque essai nommé existe.",
    ]
    for lettre, famille in FAMILLES.items():
        lignes += ["", f"## {famille}", "", "| code | abus | essais, ou raison |", "|---|---|---|"]
        lignes += [f"| {cas.code} | {cas.objet} | {_cell(cas)} |" for cas in CAS if cas.code[0] == lettre]
    return "\n".join(lignes) + "\n"


def _cell(cas: Cas) -> str:
    noms = [f"`{chemin.relative_to(RACINE)}::{nom}`" for chemin, nom in map(fichier, cas.essais)]
    return "<br>".join(noms) or f"reste : {cas.reste}"


if __name__ == "__main__":
    PAGE.write_text(page())
