import OktaRuntime

/// Factors that an org without the Identity Engine can activate and deactivate.
enum OrgFactors {
    private static let path = "/api/v1/org/factors"
    private static let table = "orgFactors"
    /// The factor that is always on, and not in the list.
    private static let password = "okta_password"

    /// The factors of every org: id, provider and type.
    private static let factors = [
        ("duo", "DUO", "web"), ("fido_u2f", "FIDO", "u2f"), ("fido_webauthn", "FIDO", "webauthn"),
        ("google_otp", "GOOGLE", "token:software:totp"), ("okta_call", "OKTA", "call"),
        ("okta_email", "OKTA", "email"), ("okta_otp", "OKTA", "token:software:totp"),
        (password, "OKTA", "password"), ("okta_push", "OKTA", "push"), ("okta_question", "OKTA", "question"),
        ("okta_sms", "OKTA", "sms"), ("rsa_token", "RSA", "token"),
        ("symantec_vip", "SYMANTEC", "token"), ("yubikey_token", "YUBICO", "token:hardware"),
    ]

    private static func shown(_ id: String, _ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let (_, provider, type) = factors.first(where: { $0.0 == id }) else { throw .notFound(id, "OrgFactor") }
        let status = org.tables[table][id]?.string ?? (id == password ? "ACTIVE" : "INACTIVE")
        let base = "\(call.origin)\(path)/\(id)"
        let verb = status == "ACTIVE" ? "deactivate" : "activate"
        return [
            "id": JSON(id), "provider": JSON(provider), "factorType": JSON(type), "status": JSON(status),
            "_links": [
                "self": ["href": JSON(base), "hints": ["allow": ["GET"]]],
                verb: ["href": JSON("\(base)/lifecycle/\(verb)"), "hints": ["allow": ["POST"]]],
            ],
        ]
    }

    static let all: [Operation] =
        [
            Operation("GET", path) { call, org throws(OrgFault) in
                var list: [JSON] = []
                for (id, _, _) in factors where id != password { list.append(try shown(id, call, org)) }
                return .json(JSON(list))
            },
            Operation("GET", path + "/{factorId}") { call, org throws(OrgFault) in
                .json(try shown(call[0], call, org))
            },
        ]
        + [("activate", "ACTIVE"), ("deactivate", "INACTIVE")].map { name, status in
            Operation("POST", path + "/{factorId}/lifecycle/\(name)") { call, org throws(OrgFault) in
                _ = try shown(call[0], call, org)
                if call[0] == password, status == "INACTIVE" {
                    throw OrgFault(status: 400, code: "E0000020", summary: "Bad request.")
                }
                org.tables[table][call[0]] = JSON(status)
                return .json(try shown(call[0], call, org))
            }
        }
}
