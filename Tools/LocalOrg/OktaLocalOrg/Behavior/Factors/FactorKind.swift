import OktaRuntime

/// A type of factor: the prefix of its ids, its provider, and how it is activated.
struct FactorKind: Sendable {
    /// How an enrollment is activated and a sign-in is verified.
    enum Proof: Sendable {
        /// The org sends a six-digit code to the address in this member of the profile.
        case sentCode(address: String)
        /// An authenticator app computes codes from a shared secret.
        case computedCode
        /// The answer to a security question; active at once.
        case answer
        /// A push notification that the user approves on a device.
        case push
        /// A signature of a security key or a browser.
        case signature
        /// A code of a token that another party verifies; active at once.
        case foreignToken
    }

    let type: String
    let prefix: String
    var providers = ["OKTA"]
    let proof: Proof

    static let all: [FactorKind] = [
        FactorKind(type: "call", prefix: "clf", proof: .sentCode(address: "phoneNumber")),
        FactorKind(type: "email", prefix: "emf", proof: .sentCode(address: "email")),
        FactorKind(type: "push", prefix: "opf", proof: .push),
        FactorKind(type: "question", prefix: "ufs", proof: .answer),
        FactorKind(type: "signed_nonce", prefix: "crp", proof: .signature),
        FactorKind(type: "sms", prefix: "mbl", proof: .sentCode(address: "phoneNumber")),
        FactorKind(type: "token", prefix: "rsa", providers: ["RSA", "SYMANTEC"], proof: .foreignToken),
        FactorKind(type: "token:hardware", prefix: "ykf", providers: ["YUBICO"], proof: .foreignToken),
        FactorKind(type: "token:hotp", prefix: "chf", providers: ["CUSTOM"], proof: .foreignToken),
        FactorKind(type: "token:software:totp", prefix: "ost", providers: ["OKTA", "GOOGLE"], proof: .computedCode),
        FactorKind(type: "u2f", prefix: "fuf", providers: ["FIDO"], proof: .signature),
        FactorKind(type: "web", prefix: "dsf", providers: ["DUO"], proof: .signature),
        FactorKind(type: "webauthn", prefix: "fwf", providers: ["FIDO"], proof: .signature),
    ]

    static func named(_ type: String) -> FactorKind? { all.first { $0.type == type } }

    static let questions: [(name: String, text: String)] = [
        ("disliked_food", "What is the food you least liked as a child?"),
        ("name_of_first_plush_toy", "What is the name of your first stuffed animal?"),
        ("first_award", "What did you earn your first medal or award for?"),
        ("favorite_security_question", "What is your favorite security question?"),
        ("favorite_toy", "What is the toy/stuffed animal you liked the most as a kid?"),
        ("first_computer_game", "What was the first computer game you played?"),
        ("favorite_movie_quote", "What is your favorite movie quote?"),
        ("first_sports_team_mascot", "What was the mascot of the first sports team you played on?"),
        ("first_music_purchase", "What music album or song did you first purchase?"),
        ("favorite_art_piece", "What is your favorite piece of art?"),
        ("grandmother_favorite_desert", "What was your grandmother's favorite dessert?"),
        ("first_thing_cooked", "What was the first thing you learned to cook?"),
        ("childhood_dream_job", "What was your dream job as a child?"),
        ("first_kiss_location", "Where did you have your first kiss?"),
        ("place_where_significant_other_was_met", "Where did you meet your spouse/significant other?"),
        ("favorite_vacation_location", "Where did you go for your favorite vacation?"),
        ("new_years_two_thousand", "Where were you on New Year's Eve in the year 2000?"),
        ("favorite_speaker_actor", "Who is your favorite speaker/orator?"),
        ("favorite_book_movie_character", "Who is your favorite book/movie character?"),
        ("favorite_sports_player", "Who is your favorite sports player?"),
    ]
}
