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
    Cas(
        "D1",
        "chemins dans les noms",
        (
            "pieces/noms::d1_any_name_is_safe",
            "teledossiers/pec_lire::d1_a_name_that_leads_outside_is_said",
        ),
    ),
    Cas(
        "D2",
        "extension mensongère, fichier double",
        (
            "pieces/examen::d2_a_file_that_is_two_things_is_suspect",
            "abus/lecteurs::d2_d6_any_file_is_examined",
            "pieces/receive::d2_d6_a_bad_file_gets_its_sentence_and_leaves_nothing",
        ),
    ),
    Cas("D3", "SVG ou HTML ouvert dans la page", ("agent_portail/dossier::d3_a_file_leaves_as_an_attachment_in_a_sandbox",)),
    Cas(
        "D4",
        "bombe zip",
        (
            "teledossiers/pec_lire::d4_a_bomb_is_not_inflated",
            "teledossiers/pec_lire::d4_a_hundred_thousand_members_are_not_even_listed",
        ),
    ),
    Cas("D5", "bombe d'image", ("pieces/examen::d5_a_picture_of_thousands_of_millions_of_pixels_is_suspect",)),
    Cas(
        "D6",
        "PDF actif, chiffré ou démesuré",
        (
            "pieces/sorties::d6_the_sanitised_copy_holds_nothing_that_acts",
            "pieces/sorties::d6_an_encrypted_pdf_is_not_opened",
            "abus/fichiers::d6_an_encryption_written_otherwise_is_seen",
            "abus/lecteurs::d2_d6_any_file_is_examined",
            "abus/lecteurs::d6_any_pdf_is_shown_or_refused_by_the_child",
            "pieces/receive::d2_d6_a_bad_file_gets_its_sentence_and_leaves_nothing",
        ),
    ),
    Cas(
        "D7",
        "virus, antivirus absent",
        (
            "pieces/quarantaine::d7_it_is_refused_and_set_aside",
            "connecteurs/vrai_clamd::d7_it_finds_the_test_virus",
            "connecteurs/antivirus::d7_a_clamd_that_lies_is_not_believed",
            "connecteurs/antivirus::d7_a_silent_clamd_is_given_up",
        ),
    ),
    Cas(
        "D8",
        "envoi sans fin, disque rempli",
        (
            "pieces/televersement::d8_clients_who_stop_sending_are_let_go",
            "pieces/televersement::d8_a_trickle_is_a_stop",
            "abus/dehors::d8_the_quarantine_of_all_together_is_bounded",
        ),
    ),
    Cas(
        "D9",
        "lien vers un fichier détruit",
        (
            "vies/vies::d9_e8_a_request_lives_until_the_time_for_appeal_is_over_then_its_trace_three_years",
            "abus/dehors::d9_a_file_destroyed_is_served_to_nobody",
        ),
    ),
    Cas("D10", "métadonnées dans ce qui part", ("pieces/sorties::d10_a_picture_leaves_upright_without_metadata",)),
    Cas("E1", "adresse interne donnée par un partenaire", reste="la plateforme n'appelle encore aucune adresse donnée par un partenaire"),
    Cas(
        "E2",
        "réponse empoisonnée d'une source",
        (
            "abus/dehors::e2_a_poisoned_document_is_refused_or_harmless",
            "abus/lecteurs::e2_any_answer_of_a_timestamp_authority_is_refused_in_our_words",
            "connecteurs/horodateurs::e2_what_is_not_a_token_of_ours_is_refused",
        ),
    ),
    Cas("E3", "accusé de partenaire forgé", reste="les partenaires ne renvoient pas encore d'accusé ; aucune adresse n'en reçoit"),
    Cas(
        "E4",
        "hameçonnage par nos courriels",
        (
            "courriers/gabarits::e4_links_are_the_platform_s_own",
            "courriers/gabarits::e4_a_value_is_one_short_line",
        ),
    ),
    Cas(
        "E5",
        "bombardement de courriels",
        (
            "suivi/renew_code::e5_few_askings_on_a_number_and_from_a_place",
            "abus/dehors::e5_many_drafts_do_not_bomb_one_mailbox",
        ),
    ),
    Cas("E6", "sauvegarde lisible", ("vies/vies::e6_an_old_backup_cannot_be_read_once_its_period_is_over",)),
    Cas(
        "E7",
        "dépendance vulnérable",
        reste="demande une base de vulnérabilités en ligne ; les dépendances sont figées avec leurs empreintes (requirements/)",
    ),
    Cas(
        "E8",
        "secret dans une trace",
        (
            "vies/vies::d9_e8_a_request_lives_until_the_time_for_appeal_is_over_then_its_trace_three_years",
            "abus/acces::e8_no_line_of_the_log_can_be_followed",
            "abus/acces::e8_a_form_refused_leaves_no_link_in_the_log",
        ),
    ),
    Cas(
        "E9",
        "requête vers un tiers",
        (
            "theme/pages::e9_scripts_and_styles_are_ours_alone",
            "theme/assets::e9_no_address_leads_elsewhere",
        ),
    ),
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
