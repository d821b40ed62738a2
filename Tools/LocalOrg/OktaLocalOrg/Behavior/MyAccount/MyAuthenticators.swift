import OktaRuntime

/// The org's authenticators with the calling user's enrollments.
enum MyAuthenticators {
    private static let path = MyAccount.path + "/authenticators"

    private struct Enrollment {
        let id: String
        let name: JSON
        let profile: JSON
        let created: JSON
    }

    /// Returns the user's enrollments for an authenticator.
    private static func enrollments(_ key: String, _ user: UserRecord, _ org: OrgState) -> [Enrollment] {
        switch key {
        case "okta_password":
            guard user.credentials.password != nil else { return [] }
            return [
                Enrollment(
                    id: "pwd" + user.id.dropFirst(3), name: "Password", profile: .emptyObject,
                    created: JSON((user.passwordChanged ?? user.created).text))
            ]
        case "okta_email":
            guard let email = user.profile.text("email") else { return [] }
            return [
                Enrollment(
                    id: "eae" + user.id.dropFirst(3), name: JSON(email), profile: ["email": JSON(email)],
                    created: JSON(user.created.text))
            ]
        case "phone_number":
            return org.tables[MyPhones.kind, of: user.id].all.filter { $0.json.text("status") == "VERIFIED" }
                .map { id, json in
                    Enrollment(
                        id: id, name: json[path: "profile.phoneNumber"] ?? .null, profile: json["profile"] ?? .null,
                        created: JSON(user.created.text))
                }
        default:
            let types = ["security_question": "question", "google_otp": "token:software:totp", "okta_verify": "push"]
            guard let type = types[key] else { return [] }
            return org.tables[Kinds.factors, of: user.id].all
                .filter { $0.json.text("factorType") == type && $0.json.text("status") == "ACTIVE" }
                .map { id, json in
                    Enrollment(
                        id: id, name: json[path: "profile.question"] ?? json["factorType"] ?? .null,
                        profile: json["profile"] ?? .null, created: json["created"] ?? .null)
                }
        }
    }

    private static func shown(_ enrollment: Enrollment, _ authenticator: String, _ call: Call, _ org: OrgState) -> JSON
    {
        let own = "/authenticators/\(authenticator)/enrollments/\(enrollment.id)"
        var json: JSON = [
            "id": JSON(enrollment.id), "name": enrollment.name, "profile": enrollment.profile,
            "created": enrollment.created, "lastChallenged": .null, "canReset": false, "canUnenroll": false,
            "_links": [
                "self": MyAccount.link(call, own, "GET"), "modify": MyAccount.link(call, own, "PATCH"),
                "authenticator": MyAccount.link(call, "/authenticators/\(authenticator)", "GET"),
            ],
        ]
        if let nickname = org.tables["enrollmentNicknames"][enrollment.id] { json["nickname"] = nickname }
        return json
    }

    private static func shown(_ json: JSON, _ user: UserRecord, _ call: Call, _ org: OrgState) -> JSON {
        let id = json.text("id") ?? ""
        let enrollments = enrollments(json.text("key") ?? "", user, org)
        var shown: JSON = [
            "id": JSON(id), "key": json["key"] ?? .null, "name": json["name"] ?? .null,
            "enrollable": JSON(enrollments.isEmpty),
            "_links": [
                "self": MyAccount.link(call, "/authenticators/\(id)", "GET"),
                "enrollments": MyAccount.link(call, "/authenticators/\(id)/enrollments", "GET"),
            ],
        ]
        if enrollments.isEmpty {
            shown[path: "_links.enroll"] = [
                "href": JSON("\(call.origin)/idp/authenticators/setup/\(id)"), "hints": ["allow": ["GET"]],
            ]
        }
        if call.expands("enrollments") {
            shown[path: "_embedded.enrollments"] = JSON(enrollments.map { self.shown($0, id, call, org) })
        }
        return shown
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let json = org.tables[Kinds.authenticators][call[0]], json.text("status") == "ACTIVE" else {
            throw .notFound(call[0], "Authenticator")
        }
        return json
    }

    private static func findEnrollment(_ call: Call, _ org: OrgState) throws(OrgFault) -> Enrollment {
        let user = try MyAccount.user(call, org)
        let key = try find(call, org).text("key") ?? ""
        guard let enrollment = enrollments(key, user, org).first(where: { $0.id == call[1] }) else {
            throw .notFound(call[1], "AuthenticatorEnrollment")
        }
        return enrollment
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            let user = try MyAccount.user(call, org)
            let snapshot = org
            let active = org.tables[Kinds.authenticators].all.map(\.json).filter { $0.text("status") == "ACTIVE" }
            return .json(JSON(active.map { shown($0, user, call, snapshot) }))
        },
        Operation("GET", path + "/{authenticatorId}") { call, org throws(OrgFault) in
            .json(shown(try find(call, org), try MyAccount.user(call, org), call, org))
        },
        Operation("GET", path + "/{authenticatorId}/enrollments") { call, org throws(OrgFault) in
            let user = try MyAccount.user(call, org)
            let key = try find(call, org).text("key") ?? ""
            let snapshot = org
            return .json(JSON(enrollments(key, user, org).map { shown($0, call[0], call, snapshot) }))
        },
        Operation("GET", path + "/{authenticatorId}/enrollments/{enrollmentId}") { call, org throws(OrgFault) in
            .json(shown(try findEnrollment(call, org), call[0], call, org))
        },
        Operation("PATCH", path + "/{authenticatorId}/enrollments/{enrollmentId}") { call, org throws(OrgFault) in
            let enrollment = try findEnrollment(call, org)
            let nickname = try call.object()["nickname"]
            if let nickname, nickname.kind != .null, nickname.string == nil { throw .malformedBody }
            org.tables["enrollmentNicknames"][enrollment.id] = nickname?.kind == .null ? nil : nickname
            return .json(shown(enrollment, call[0], call, org))
        },
    ]
}
