"""The sentences said about answers, French and English: what is wrong, what to write, an example."""

MESSAGES: dict[str, dict[str, str]] = {
    "manque": {
        "fr": "Répondez à la question « {libelle} ».",
        "en": "Answer the question “{libelle}”.",
    },
    "manque_exemple": {
        "fr": "Répondez à la question « {libelle} », par exemple : {exemple}.",
        "en": "Answer the question “{libelle}”, for example: {exemple}.",
    },
    "manque_choix": {
        "fr": "Choisissez une réponse à « {libelle} ».",
        "en": "Choose an answer to “{libelle}”.",
    },
    "manque_case": {
        "fr": "Cochez la case « {libelle} » pour continuer.",
        "en": "Tick the box “{libelle}” to continue.",
    },
    "manque_piece": {
        "fr": "Ajoutez le document « {libelle} ».",
        "en": "Add the document “{libelle}”.",
    },
    "malforme": {
        "fr": "La réponse à « {libelle} » ne peut pas être lue. Répondez de nouveau.",
        "en": "The answer to “{libelle}” cannot be read. Please answer again.",
    },
    "trop_long": {
        "fr": "« {libelle} » : votre réponse a {nombre} caractères, il en faut {maximum} au plus. Raccourcissez-la.",
        "en": "“{libelle}”: your answer has {nombre} characters, the limit is {maximum}. Please shorten it.",
    },
    "nombre": {
        "fr": "« {libelle} » : écrivez un nombre en chiffres, par exemple {exemple_nombre}.",
        "en": "“{libelle}”: write a number in digits, for example {exemple_nombre}.",
    },
    "nombre_entier": {
        "fr": "« {libelle} » : écrivez un nombre entier, sans virgule, par exemple {exemple_nombre}.",
        "en": "“{libelle}”: write a whole number, for example {exemple_nombre}.",
    },
    "nombre_decimales": {
        "fr": "« {libelle} » : écrivez {decimales} chiffre(s) au plus après la virgule, par exemple {exemple_nombre}.",
        "en": "“{libelle}”: write at most {decimales} digit(s) after the decimal point, for example {exemple_nombre}.",
    },
    "nombre_min": {
        "fr": "« {libelle} » : écrivez {minimum} ou plus.",
        "en": "“{libelle}”: write {minimum} or more.",
    },
    "nombre_max": {
        "fr": "« {libelle} » : écrivez {maximum} ou moins.",
        "en": "“{libelle}”: write {maximum} or less.",
    },
    "nombre_entre": {
        "fr": "« {libelle} » : écrivez un nombre de {minimum} à {maximum}.",
        "en": "“{libelle}”: write a number from {minimum} to {maximum}.",
    },
    "date_partielle": {
        "fr": "« {libelle} » : donnez le jour, le mois et l'année, par exemple 27 6 1998. Il manque {manque}.",
        "en": "“{libelle}”: give the day, month and year, for example 27 6 1998. Missing: {manque}.",
    },
    "date_chiffres": {
        "fr": "« {libelle} » : écrivez la date en chiffres, par exemple 27 6 1998.",
        "en": "“{libelle}”: write the date in digits, for example 27 6 1998.",
    },
    "date_annee": {
        "fr": "« {libelle} » : écrivez l'année avec 4 chiffres, par exemple 1998.",
        "en": "“{libelle}”: write the year with 4 digits, for example 1998.",
    },
    "date_mois": {
        "fr": "« {libelle} » : il n'y a pas de mois {mois}. Écrivez un mois de 1 à 12.",
        "en": "“{libelle}”: there is no month {mois}. Write a month from 1 to 12.",
    },
    "date_jour": {
        "fr": "« {libelle} » : le {jour}/{mois}/{annee} n'existe pas. Vérifiez le jour et le mois.",
        "en": "“{libelle}”: {jour}/{mois}/{annee} does not exist. Check the day and the month.",
    },
    "date_min": {
        "fr": "« {libelle} » : donnez une date qui n'est pas avant le {borne}.",
        "en": "“{libelle}”: give a date that is not before {borne}.",
    },
    "date_max": {
        "fr": "« {libelle} » : donnez une date qui n'est pas après le {borne}.",
        "en": "“{libelle}”: give a date that is not after {borne}.",
    },
    "date_future": {
        "fr": "« {libelle} » : cette date est dans le futur. Vérifiez le jour, le mois et l'année.",
        "en": "“{libelle}”: this date is in the future. Check the day, month and year.",
    },
    "courriel": {
        "fr": "« {libelle} » : écrivez une adresse électronique complète, par exemple prenom.nom@exemple.fr.",
        "en": "“{libelle}”: write a full e-mail address, for example firstname.surname@example.com.",
    },
    "telephone": {
        "fr": "« {libelle} » : ce numéro n'existe pas. Écrivez par exemple 06 39 98 12 34, ou +32 470 12 34 56 à l'étranger.",
        "en": "“{libelle}”: this number does not exist. Write for example 06 39 98 12 34, or +44 7700 900123 outside France.",
    },
    "commune": {
        "fr": "« {libelle} » : choisissez la commune dans la liste proposée. Écrivez son nom ou son code postal, par exemple 17000.",
        "en": "“{libelle}”: choose the town from the list. Write its name or postcode, for example 17000.",
    },
    "commune_inconnue": {
        "fr": "« {libelle} » : cette commune n'est pas dans notre liste. Choisissez-en une dans la liste proposée.",
        "en": "“{libelle}”: this town is not in our list. Choose one from the list.",
    },
    "pays": {
        "fr": "« {libelle} » : choisissez le pays dans la liste.",
        "en": "“{libelle}”: choose the country from the list.",
    },
    "adresse_voie": {
        "fr": "Écrivez le numéro et la voie, ou un lieu-dit, par exemple 12 rue des Merles.",
        "en": "Write the street number and name, for example 12 rue des Merles.",
    },
    "adresse_commune": {
        "fr": "Choisissez la commune de l'adresse dans la liste proposée.",
        "en": "Choose the town of the address from the list.",
    },
    "adresse_etranger": {
        "fr": "Écrivez l'adresse complète, telle qu'on l'écrit sur une enveloppe, sur 6 lignes au plus.",
        "en": "Write the full address, as you would on an envelope, on 6 lines at most.",
    },
    "adresse_pays": {
        "fr": "Choisissez le pays de l'adresse dans la liste.",
        "en": "Choose the country of the address from the list.",
    },
    "adresse_ou": {
        "fr": "« {libelle} » : dites si l'adresse est en France ou à l'étranger.",
        "en": "“{libelle}”: say whether the address is in France or abroad.",
    },
    "oui": {"fr": "Oui", "en": "Yes"},
    "non": {"fr": "Non", "en": "No"},
    "jour": {"fr": "le jour", "en": "the day"},
    "mois": {"fr": "le mois", "en": "the month"},
    "annee": {"fr": "l'année", "en": "the year"},
    "pieces": {"fr": "Pièces jointes", "en": "Attachments"},
}


def say(langue: str, code: str, **variables: object) -> str:
    """Give a sentence in a language, French when that language has none."""
    sentences = MESSAGES[code]
    return sentences.get(langue, sentences["fr"]).format(**variables)
