import OktaRuntime

/// Factors of users: lists, enrollment and removal. `FactorProofs` has activation and verification.
enum Factors {
    private static let kind = Kinds.factors
    static let path = "/api/v1/users/{userId}/factors"

    /// Returns a factor with links, without secrets. Stored secrets are in members that begin with `_`.
    static func shown(_ json: JSON, _ call: Call) -> JSON {
        let user = "\(call.origin)/api/v1/users/\(call[0])"
        let own = "\(user)/factors/\(json.text("id") ?? "")"
        let posts: JSON = ["allow": ["POST"]]
        let kind = FactorKind.named(json.text("factorType") ?? "")
        let isPending = json.text("status") == "PENDING_ACTIVATION"
        var links: JSON = [
            "self": ["href": JSON(own), "hints": ["allow": ["GET", "DELETE"]]],
            "user": ["href": JSON(user), "hints": ["allow": ["GET"]]],
        ]
        switch kind?.proof {
        case .answer: links["questions"] = ["href": JSON("\(user)/factors/questions"), "hints": ["allow": ["GET"]]]
        case .push where isPending:
            links["poll"] = ["href": JSON("\(own)/lifecycle/activate/poll"), "hints": posts]
        case .sentCode where isPending:
            let type = json.text("factorType") ?? ""
            links["activate"] = ["href": JSON("\(own)/lifecycle/activate"), "hints": posts]
            links["resend"] = [["name": JSON(type), "href": JSON("\(own)/resend"), "hints": posts]]
        default: if isPending { links["activate"] = ["href": JSON("\(own)/lifecycle/activate"), "hints": posts] }
        }
        if !isPending, json.text("factorType") != "question" {
            links["verify"] = ["href": JSON("\(own)/verify"), "hints": posts]
        }
        var shown = json
        for (name, _) in json.members ?? [] where name.hasPrefix("_") && name != "_embedded" {
            shown[name] = nil as JSON?
        }
        // The set-up data for an authenticator app is shown only until activation.
        if !isPending { shown["_embedded"] = nil as JSON? }
        shown.remove(["profile.answer"])
        shown["_links"] = links
        return shown
    }

    static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> (user: UserRecord, json: JSON) {
        let user = try call.user(org)
        guard let json = org.tables[kind, of: user.id][call[1]] else { throw .notFound(call[1], "UserFactor") }
        return (user, json)
    }

    // MARK: Enrollment

    private static func refused(_ cause: String) -> OrgFault { .invalid("factorEnrollRequest", cause) }

    static func enroll(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try call.user(org)
        guard user.status != .deprovisioned else { throw .wrongStatus }
        let body = try call.object()
        guard let type = body.text("factorType"), let factor = FactorKind.named(type) else {
            throw .invalid("factorType", "factorType: The field cannot be left blank")
        }
        var json = body
        let provider = body.text("provider") ?? factor.providers.first ?? "OKTA"
        guard factor.providers.contains(provider) || provider == "CUSTOM" else {
            throw refused("The provider does not have factors of this type.")
        }
        try replaceEarlier(factor, body, of: user.id, call, &org)
        json["id"] = JSON(org.ids.next(factor.prefix))
        json["provider"] = JSON(provider)
        json["vendorName"] = JSON(provider)
        json["created"] = JSON(org.now.text)
        json["lastUpdated"] = JSON(org.now.text)
        json["status"] = "PENDING_ACTIVATION"
        try complete(&json, factor, user, call, &org)
        for name in ["verify", "_links", "answer"] { json[name] = nil as JSON? }
        org.tables[kind, of: user.id][json.text("id") ?? ""] = json
        if json.text("status") == "ACTIVE" {
            SystemLog.record("user.mfa.factor.activate", call, &org, targets: [SystemLog.party(user)])
        }
        return .json(shown(json, call))
    }

    /// Throws if the user already has such a factor. A factor whose activation is pending is replaced.
    private static func replaceEarlier(
        _ factor: FactorKind, _ body: JSON, of user: String, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) {
        for (id, json) in org.tables[kind, of: user].all where json.text("factorType") == factor.type {
            let isSame: Bool
            switch factor.proof {
            case .sentCode(let address):
                isSame = factor.type != "email" || json[path: "profile.\(address)"] == body[path: "profile.\(address)"]
            case .answer: isSame = true
            default: isSame = json.text("provider") == body.text("provider") && factor.type != "webauthn"
            }
            guard isSame else { continue }
            let isActive = json.text("status") == "ACTIVE"
            if isActive, case .sentCode = factor.proof {
                guard call.flag("updatePhone") == true else {
                    throw refused(
                        factor.type == "email"
                            ? "A factor of this type is already set up." : "There is an existing verified phone number."
                    )
                }
            } else if isActive {
                throw refused("A factor of this type is already set up.")
            }
            org.tables[kind, of: user][id] = nil
        }
    }

    private static func complete(
        _ json: inout JSON, _ factor: FactorKind, _ user: UserRecord, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) {
        switch factor.proof {
        case .sentCode(let address):
            guard let value = json.text("profile.\(address)"), !value.isEmpty else {
                throw refused(factor.type == "email" ? "Invalid email address." : "Invalid Phone Number.")
            }
            if call.flag("activate") == true {
                json["status"] = "ACTIVE"
            } else {
                FactorProofs.send(&json, user, &org)
            }
        case .computedCode:
            let login = user.profile.text("login") ?? ""
            let secret = Base32.encoded((0..<10).map { _ in UInt8(org.ids.hexadecimal(2), radix: 16) ?? 0 })
            json["profile"] = ["credentialId": JSON(login)]
            json["_secret"] = JSON(secret)
            let code = "\(call.origin)/api/v1/users/\(user.id)/factors/\(json.text("id") ?? "")/qr/\(org.ids.text(20))"
            json["_embedded"] = [
                "activation": [
                    "timeStep": 30, "sharedSecret": JSON(secret), "encoding": "base32", "keyLength": 6,
                    "_links": ["qrcode": ["href": JSON(code), "type": "image/png"]],
                ]
            ]
        case .answer: try setQuestion(&json)
        case .push:
            let code = "\(call.origin)/api/v1/users/\(user.id)/factors/\(json.text("id") ?? "")/qr/\(org.ids.text(20))"
            json["_until"] = JSON((org.now + 300).text)
            json["_embedded"] = [
                "activation": [
                    "expiresAt": JSON((org.now + 300).text), "factorResult": "WAITING",
                    "_links": ["qrcode": ["href": JSON(code), "type": "image/png"], "send": []],
                ]
            ]
        case .signature:
            json["_embedded"] = ["activation": KeyChallenges.activation(of: factor.type, user, &org)]
        case .foreignToken:
            let isNamed = json.text("profile.credentialId") != nil || json.text("profile.sharedSecret") != nil
            guard isNamed || json.text("verify.passCode") != nil || json["factorProfileId"] != nil else {
                throw refused("The credential of the token is missing.")
            }
            json.remove(["profile.sharedSecret"])
            if factor.type == "token:hardware", json[path: "profile.credentialId"] == nil {
                let serial = String(Int(org.ids.hexadecimal(7), radix: 16) ?? 0)
                json[path: "profile.credentialId"] = JSON(String(repeating: "0", count: 12 - serial.count) + serial)
            }
            json["status"] = "ACTIVE"
        }
    }

    private static func setQuestion(_ json: inout JSON) throws(OrgFault) {
        let question = json.text("profile.question") ?? ""
        guard
            let text = json.text("profile.questionText")
                ?? FactorKind.questions.first(where: { $0.name == question })?.text
        else { throw refused("Invalid security question.") }
        if let answer = json.text("profile.answer") { json["_answer"] = JSON(answer) }
        json["profile"] = ["question": JSON(question), "questionText": JSON(text)]
        json["status"] = "ACTIVE"
    }

    /// Replaces the profile of a factor.
    private static func replace(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var (user, json) = try find(call, org)
        if let profile = try call.object()["profile"] {
            var merged = json["profile"] ?? .emptyObject
            merged.merge(profile)
            json["profile"] = merged
            if json.text("factorType") == "question" {
                let text = FactorKind.questions.first { $0.name == merged.text("question") }?.text
                if let text { json[path: "profile.questionText"] = JSON(text) }
                try setQuestion(&json)
            }
        }
        json["lastUpdated"] = JSON(org.now.text)
        org.tables[kind, of: user.id][call[1]] = json
        return .json(shown(json, call))
    }

    /// Returns the factor types that a user can enroll, and those that are enrolled.
    private static func catalog(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        let user = try call.user(org)
        let enrolled = org.tables[kind, of: user.id].all.map(\.json)
        let list = "\(call.origin)/api/v1/users/\(call[0])/factors"
        let rows = FactorKind.all.flatMap { factor -> [JSON] in
            factor.providers.map { name -> JSON in
                let own = enrolled.first { $0.text("factorType") == factor.type && $0.text("provider") == name }
                var links: JSON = ["enroll": ["href": JSON(list), "hints": ["allow": ["POST"]]]]
                if case .answer = factor.proof {
                    links["questions"] = ["href": JSON("\(list)/questions"), "hints": ["allow": ["GET"]]]
                }
                return [
                    "factorType": JSON(factor.type), "provider": JSON(name), "vendorName": JSON(name),
                    "status": own?["status"] ?? "NOT_SETUP", "enrollment": "OPTIONAL", "_links": links,
                ]
            }
        }
        return .json(JSON(rows))
    }

    static let all: [Operation] =
        [
            Operation("GET", path) { call, org throws(OrgFault) in
                let user = try call.user(org)
                return .json(JSON(org.tables[kind, of: user.id].all.map { shown($0.json, call) }))
            },
            Operation("POST", path) { call, org throws(OrgFault) in try enroll(call, &org) },
            Operation("GET", path + "/catalog") { call, org throws(OrgFault) in try catalog(call, org) },
            Operation("GET", path + "/questions") { call, org throws(OrgFault) in
                _ = try call.user(org)
                return .json(
                    JSON(FactorKind.questions.map { ["question": JSON($0.name), "questionText": JSON($0.text)] }))
            },
            Operation("GET", path + "/{factorId}") { call, org throws(OrgFault) in
                .json(shown(try find(call, org).json, call))
            },
            Operation("PUT", path + "/{factorId}") { call, org throws(OrgFault) in try replace(call, &org) },
            Operation("DELETE", path + "/{factorId}") { call, org throws(OrgFault) in
                let (user, _) = try find(call, org)
                org.tables[kind, of: user.id][call[1]] = nil
                SystemLog.record("user.mfa.factor.deactivate", call, &org, targets: [SystemLog.party(user)])
                return .empty()
            },
        ] + FactorProofs.all
}
