"""The abuse cases of files and of the outside, and what a case is."""

from typing import NamedTuple


class Cas(NamedTuple):
    """A case: its code, what is tried, and either the tests (`folder/file::test`, without `test_`) or why there are none."""

    code: str
    objet: str
    essais: tuple[str, ...] = ()
    reste: str = ""


CAS = (
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
