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
    "montant": {
        "fr": "« {libelle} » : écrivez un montant en euros, par exemple 1 234,50.",
        "en": "“{libelle}”: write an amount in euros, for example 1,234.50.",
    },
    "heure": {
        "fr": "« {libelle} » : écrivez une heure de 0 h à 23 h 59, par exemple 14 h 30.",
        "en": "“{libelle}”: write a time from 0:00 to 23:59, for example 14:30.",
    },
    "date_au_moins": {
        "fr": "« {libelle} » : donnez au moins l'année, par exemple 1942. Donnez le mois si vous donnez le jour.",
        "en": "“{libelle}”: give at least the year, for example 1942. Give the month if you give the day.",
    },
    "manque_choix_multiple": {
        "fr": "Cochez au moins une réponse à « {libelle} ».",
        "en": "Tick at least one answer to “{libelle}”.",
    },
    "choix_minimum": {
        "fr": "« {libelle} » : cochez au moins {nombre} réponses.",
        "en": "“{libelle}”: tick at least {nombre} answers.",
    },
    "choix_maximum": {
        "fr": "« {libelle} » : cochez {nombre} réponses au plus.",
        "en": "“{libelle}”: tick at most {nombre} answers.",
    },
    "liste": {
        "fr": "« {libelle} » : choisissez une réponse dans la liste.",
        "en": "“{libelle}”: choose an answer from the list.",
    },
    "agenda_muet": {
        "fr": "« {libelle} » : l'agenda ne répond pas en ce moment. Vos réponses sont gardées : réessayez dans quelques minutes.",
        "en": "“{libelle}”: the calendar does not answer at the moment. Your answers are saved: please try again in a few minutes.",
    },
    "recherche": {
        "fr": "« {libelle} » : écrivez les premières lettres, puis choisissez une réponse dans la liste proposée.",
        "en": "“{libelle}”: write the first letters, then choose an answer from the list.",
    },
    "siret": {
        "fr": "« {libelle} » : ce n'est pas un numéro SIRET. Il a 14 chiffres, par exemple 732 829 320 00074. Vérifiez chaque chiffre.",
        "en": "“{libelle}”: this is not a SIRET number. It has 14 digits, for example 732 829 320 00074. Check each digit.",
    },
    "siren": {
        "fr": "« {libelle} » : ce n'est pas un numéro SIREN. Il a 9 chiffres, par exemple 732 829 320. Vérifiez chaque chiffre.",
        "en": "“{libelle}”: this is not a SIREN number. It has 9 digits, for example 732 829 320. Check each digit.",
    },
    "nir": {
        "fr": "« {libelle} » : ce numéro n'existe pas. Recopiez les 15 chiffres de la carte Vitale, par exemple 2 55 08 14 168 025 38.",
        "en": "“{libelle}”: this number cannot exist. Copy the 15 digits of the Vitale card, for example 2 55 08 14 168 025 38.",
    },
    "numero_fiscal": {
        "fr": "« {libelle} » : ce numéro n'existe pas. Recopiez les 13 chiffres en haut à gauche de votre avis d'impôt.",
        "en": "“{libelle}”: this number cannot exist. Copy the 13 digits at the top left of the first page of your tax notice.",
    },
    "rna": {
        "fr": "« {libelle} » : un numéro RNA commence par W et a 9 chiffres ensuite, par exemple W751000001. Il est sur le récépissé.",
        "en": "“{libelle}”: an RNA number starts with W, then 9 digits, for example W751000001. It is on the receipt.",
    },
    "iban": {
        "fr": "« {libelle} » : cet IBAN ne peut pas exister. Recopiez-le de votre relevé, par exemple FR76 3000 6000 0112 3456 7890 189.",
        "en": "“{libelle}”: this IBAN cannot exist. Copy it from your bank details, for example FR76 3000 6000 0112 3456 7890 189.",
    },
    "immatriculation": {
        "fr": "« {libelle} » : ce n'est pas une plaque française. Écrivez par exemple AB-123-CD, ou 1234 AB 17.",
        "en": "“{libelle}”: this is not a French plate. Write for example AB-123-CD, or 1234 AB 17.",
    },
    "lien_teledossier": {
        "fr": "« {libelle} » : ce numéro n'existe pas. Il ressemble à A-1-ABCD1234 : recopiez-le de votre accusé de réception.",
        "en": "“{libelle}”: this request number cannot exist. It looks like A-1-ABCD1234: copy it from your acknowledgement.",
    },
    "point": {
        "fr": "« {libelle} » : écrivez la latitude, puis la longitude, par exemple 46.1603, -1.1511.",
        "en": "“{libelle}”: write the latitude, then the longitude, for example 46.1603, -1.1511.",
    },
    "trace": {
        "fr": "« {libelle} » : écrivez au moins deux positions, une par ligne, par exemple 46.1603, -1.1511. Ou collez un tracé GeoJSON.",
        "en": "“{libelle}”: write at least two positions, one a line, for example 46.1603, -1.1511. Or paste a GeoJSON line.",
    },
    "rendez_vous": {
        "fr": "« {libelle} » : choisissez l'un des rendez-vous proposés.",
        "en": "“{libelle}”: choose one of the appointments offered.",
    },
    "texte_motif": {
        "fr": "« {libelle} » : écrivez votre réponse sous cette forme : {exemple}.",
        "en": "“{libelle}”: write your answer like this: {exemple}.",
    },
    "calcule": {
        "fr": "Calculé à partir de vos réponses",
        "en": "Worked out from your answers",
    },
    "repetition_vide": {
        "fr": "Remplissez au moins une fois « {libelle} ».",
        "en": "Fill in “{libelle}” at least once.",
    },
    "repetition_trop": {
        "fr": "« {libelle} » : {maximum} au plus. Retirez ce qui est en trop.",
        "en": "“{libelle}”: {maximum} at most. Remove the rest.",
    },
    "repetition_rang": {
        "fr": "{libelle} {rang} : {message}",
        "en": "{libelle} {rang}: {message}",
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
