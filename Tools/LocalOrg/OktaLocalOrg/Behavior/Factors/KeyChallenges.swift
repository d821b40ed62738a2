import OktaRuntime

/// The options that a browser needs to enroll a security key, and the profile of the enrolled key.
enum KeyChallenges {
    /// Returns the options that a pending enrollment shows.
    static func activation(of type: String, _ user: UserRecord, _ org: inout OrgState) -> JSON {
        let challenge = JSON(org.ids.key(20))
        guard type == "webauthn" else {
            if type == "u2f" { return ["version": "U2F_V2", "nonce": challenge, "timeoutSeconds": 20] }
            return ["challenge": challenge]
        }
        let enrolled = org.tables[Kinds.factors, of: user.id].all.compactMap { _, factor -> JSON? in
            guard factor.text("factorType") == type, let id = factor[path: "profile.credentialId"] else { return nil }
            return ["type": "public-key", "id": id]
        }
        return [
            "attestation": "direct",
            "authenticatorSelection": ["userVerification": "preferred", "requireResidentKey": false],
            "challenge": challenge, "excludeCredentials": JSON(enrolled),
            "pubKeyCredParams": [["type": "public-key", "alg": JSON(-7)], ["type": "public-key", "alg": JSON(-257)]],
            "rp": ["name": JSON(org.identity.subdomain)],
            "user": [
                "displayName": JSON(SystemLog.party(user).displayName), "name": user.profile["login"]?.json ?? .null,
                "id": JSON(user.id),
            ],
        ]
    }

    /// Returns the profile of an enrolled key.
    static func profile(of type: String, _ org: inout OrgState) -> JSON? {
        switch type {
        case "webauthn":
            return ["credentialId": JSON(org.ids.key(86)), "authenticatorName": "Security Key or Biometric"]
        case "u2f": return ["credentialId": JSON(org.ids.key(86)), "version": "U2F_V2"]
        default: return nil
        }
    }
}
