"""The abuse cases, each with the tests that try it, or the reason why nothing does yet. `python -m tests.abus.cas` writes docs/abus.md."""

from pathlib import Path

from tests.abus import cas_fichiers
from tests.abus.cas_fichiers import Cas

RACINE = Path(__file__).parents[2]
PAGE = RACINE / "docs" / "abus.md"


FAMILLES = {"A": "Accès", "B": "États et courses", "C": "Saisies", "D": "Fichiers", "E": "Dehors"}
CAS = (
    Cas(
        "A1",
        "dossier d'un autre, par son identifiant",
        (
            "acces/idor::a1_a2_a3_a4_a14_nothing_of_somebody_else_s",
            "acces/idor::a1_a_number_is_no_key",
        ),
    ),
    Cas(
        "A2",
        "pièce d'un autre, par son identifiant",
        (
            "acces/idor::a1_a2_a3_a4_a14_nothing_of_somebody_else_s",
            "agent_portail/idor::a2_a_file_of_another_dossier_is_not_in_this_one",
            "abus/reponses::a2_c19_personal_answers_are_kept_by_nobody_and_framed_by_nobody",
        ),
    ),
    Cas(
        "A3",
        "accusé, récapitulatif ou export d'un autre",
        (
            "acces/idor::a1_a2_a3_a4_a14_nothing_of_somebody_else_s",
            "agent_portail/pec::a3_nobody_else_has_it_and_a_depot_that_is_not_there_has_none",
        ),
    ),
    Cas(
        "A4",
        "fil de messages d'un autre",
        (
            "acces/idor::a1_a2_a3_a4_a14_nothing_of_somebody_else_s",
            "acces/rls::a4_a8_each_reads_theirs_and_nothing_else",
        ),
    ),
    Cas(
        "A5",
        "lien de reprise d'un brouillon",
        (
            "saisie/acces::a5_a_link_altered_names_nothing",
            "saisie/acces::a5_a_link_has_one_writing",
            "saisie/acces::a5_no_letter_of_a_cookie_can_be_another",
        ),
    ),
    Cas(
        "A6",
        "code de suivi deviné",
        (
            "suivi/prove_code::a6_ten_tries_an_hour_on_a_number_known_or_not",
            "abus/acces::a6_tries_on_a_service_password_count_behind_a_proxy",
            "abus/courses::a6_tries_at_once_from_everywhere_count_all",
        ),
    ),
    Cas(
        "A7",
        "existence révélée par les mots ou par le temps",
        (
            "annuaire/login::a7_time_does_not_tell_which_accounts_exist",
            "instruction/sans_compte::a7_an_unknown_number_costs_and_says_what_a_wrong_password_does",
        ),
    ),
    Cas(
        "A8",
        "agent d'un autre service",
        (
            "acces/rls::a4_a8_each_reads_theirs_and_nothing_else",
            "agent_portail/bannette::a8_another_town_sees_nothing_of_it",
        ),
    ),
    Cas(
        "A9",
        "agent hors de sa commune",
        (
            "agent_portail/idor::a9_reading",
            "agent_portail/idor::a9_acting",
        ),
    ),
    Cas(
        "A10",
        "agent révoqué, session encore ouverte",
        (
            "annuaire/agents::a10_revoke_ends_sessions_secret_and_codes",
            "abus/acces::a10_a_proof_that_is_always_used_ends_all_the_same",
        ),
    ),
    Cas("A11", "version ancienne ou démarche non publiée", ("abus/acces::a11_what_is_not_published_is_nowhere",)),
    Cas("A12", "étape sautée, champ caché envoyé", ("usager/mauvaises_saisies::a12_fields_unknown_hidden_or_repeated",)),
    Cas(
        "A13",
        "exploitant qui lit les contenus",
        (
            "agent_portail/supervision::a13_mails_that_came_back_and_pages_that_do_not_help_are_counted_and_nobody_is_named",
            "abus/acces::a13_an_exploitant_reads_no_content",
        ),
    ),
    Cas(
        "A14",
        "fichier à une adresse publique",
        (
            "pieces/quarantaine::a14_nobody_is_given_it",
            "acces/idor::a1_a2_a3_a4_a14_nothing_of_somebody_else_s",
            "abus/acces::a14_no_address_leads_to_a_stored_file",
        ),
    ),
    Cas(
        "A15",
        "représentant d'association qui ne l'est plus",
        reste="il n'y a pas encore de comptes d'association : personne n'agit pour une autre",
    ),
    Cas(
        "B1",
        "double envoi",
        (
            "teledossiers/submit::b1_a_second_call_returns_the_first_one_s",
            "abus/courses::b1_a_complement_sent_eight_times_at_once_is_one",
        ),
    ),
    Cas("B2", "cinquante envois à la fois", ("abus/etats::b2_fifty_filings_at_once_are_one",)),
    Cas("B3", "modification après l'envoi", ("usager/mauvaises_saisies::b3_what_was_sent_does_not_change",)),
    Cas(
        "B4",
        "deux agents décident à la fois",
        (
            "instruction/courses::b4_two_tabs_decide_at_once",
            "abus/courses::b4_a_withdrawal_and_a_decision_at_once",
        ),
    ),
    Cas("B5", "dernier créneau pris par cent personnes", reste="il n'y a pas encore d'agenda : aucun créneau ne se prend"),
    Cas(
        "B6",
        "lien de reprise imposé à un autre",
        (
            "abus/etats::b6_a_brouillon_imposed_on_somebody_is_not_theirs",
            "abus/etats::b6_a_link_opens_nothing_once_the_request_is_filed",
        ),
    ),
    Cas(
        "B7",
        "session imposée avant la connexion",
        (
            "abus/etats::b7_a_session_imposed_before_the_login_opens_nothing",
            "abus/etats::b7_a_code_spent_and_a_recovery_code_spent_open_no_second_session",
            "abus/courses::b7_a_code_typed_eight_times_at_once_opens_one_session",
        ),
    ),
    Cas("B8", "brouillon rattaché au mauvais compte", reste="il n'y a pas encore de comptes d'usagers : un brouillon n'a que son porteur"),
    Cas("B9", "appel d'un partenaire rejoué ou en désordre", reste="aucune adresse ne reçoit encore d'appel d'un partenaire"),
    Cas("B10", "clé d'idempotence volée", reste="il n'y a pas encore d'API, donc pas de clé d'idempotence"),
    Cas("C1", "champs de la plateforme envoyés par l'usager", ("saisie/fill::c1_fields_unknown_hidden_or_of_another_page_are_ignored",)),
    Cas(
        "C2",
        "donnée certifiée modifiée",
        (
            "abus/saisies::c2_what_was_handed_over_signed_is_not_altered",
            "abus/saisies::c2_where_a_value_comes_from_is_ours_to_say",
            "abus/lecteurs::c2_any_signed_parameter_is_ours_or_nothing",
        ),
    ),
    Cas("C3", "formule dans un tableur", ("abus/saisies::c3_no_cell_is_a_formula",)),
    Cas(
        "C4",
        "script dans un champ",
        (
            "theme/champs::c4_hostile_text_stays_text",
            "theme/pages::c4_hostile_addresses_and_messages_stay_text",
            "abus/reponses::c4_c8_a_hostile_name_of_file_stays_a_name",
        ),
    ),
    Cas("C5", "gabarit dans un texte", ("courriers/gabarits::c5_what_is_given_is_said_as_it_is",)),
    Cas(
        "C6",
        "entités XML",
        (
            "fiches/sources::c6_an_entity_is_never_followed",
            "teledossiers/pec_lire::c6_a_message_that_declares_entities_is_not_read",
            "abus/lecteurs::c6_c14_any_fiche_is_read_or_told_broken",
        ),
    ),
    Cas("C7", "caractères de contrôle", ("usager/mauvaises_saisies::c7_control_bidi_and_hostile_characters",)),
    Cas(
        "C8",
        "en-tête ajouté à un courriel",
        (
            "courriers/message::c8_a_subject_cannot_add_a_header",
            "abus/reponses::c4_c8_a_hostile_name_of_file_stays_a_name",
        ),
    ),
    Cas("C9", "ligne ajoutée aux traces", ("abus/saisies::c9_nobody_writes_a_line_of_the_log",)),
    Cas(
        "C10",
        "adresses et noms trompeurs",
        (
            "courriers/adresses::c10_what_is_not_an_address_is_refused",
            "courriers/gabarits::c10_a_line_has_no_control_and_no_bidi",
        ),
    ),
    Cas("C11", "expression rationnelle qui explose", ("langage/feel_bornes::c11_no_regular_expression_explodes",)),
    Cas(
        "C12",
        "condition qui sort de son bac à sable",
        (
            "langage/feel_bornes::c12_what_costs_too_much_is_null_and_soon",
            "abus/saisies::c12_no_condition_gets_out",
            "abus/lecteurs::c12_any_condition_is_read_or_refused_and_evaluated",
        ),
    ),
    Cas(
        "C13",
        "démarche ou condition démesurée",
        (
            "langage/yaml_strict::c13_a_bomb_is_refused_before_it_grows",
            "langage/feel_bornes::c13_a_depth_past_python_s_is_refused_or_null",
            "abus/saisies::c13_a_demarche_of_ten_thousand_fields_is_read_or_refused_soon",
            "abus/lecteurs::c13_a_demarche_altered_anywhere_is_read_or_told",
        ),
    ),
    Cas(
        "C14",
        "JSON trop profond, trop gros, mal formé",
        (
            "fiches/sources::c14_json_that_is_no_document_is_told",
            "abus/lecteurs::c6_c14_any_fiche_is_read_or_told_broken",
            "abus/lecteurs::c14_no_file_is_a_preuve_by_chance",
            "abus/parametres::c14_c15_c16_public_routes_answer_whatever_they_are_given",
            "abus/parametres::c14_c15_guarded_routes_answer_whatever_they_are_given",
        ),
    ),
    Cas(
        "C15",
        "SQL dans les listes d'agents",
        (
            "agent_portail/bannette::c15_words_that_mean_nothing_are_nothing_asked",
            "abus/parametres::c14_c15_c16_public_routes_answer_whatever_they_are_given",
            "abus/parametres::c14_c15_guarded_routes_answer_whatever_they_are_given",
        ),
    ),
    Cas(
        "C16",
        "redirection ouverte",
        (
            "abus/saisies::c16_nothing_leads_elsewhere",
            "abus/parametres::c14_c15_c16_public_routes_answer_whatever_they_are_given",
        ),
    ),
    Cas("C17", "en-tête Host empoisonné", ("usager/mauvaises_saisies::c17_a_host_that_is_not_ours_is_nowhere_repeated",)),
    Cas("C18", "formulaire forgé ailleurs", ("usager/mauvaises_saisies::c18_a_form_without_its_proof",)),
    Cas(
        "C19",
        "page mise dans un cadre",
        (
            "theme/pages::c19_every_page_forbids_what_it_does_not_need",
            "abus/reponses::a2_c19_personal_answers_are_kept_by_nobody_and_framed_by_nobody",
        ),
    ),
    *cas_fichiers.CAS,
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
