import OktaRuntime

/// Activation and verification of factors, and resending of codes.
enum FactorProofs {
    private static let item = Factors.path + "/{factorId}"

    /// Sends a code to the address of a factor. A local org delivers no messages; it only stores the code.
    static func send(_ json: inout JSON, _ user: UserRecord, _ org: inout OrgState) {
        let type = json.text("factorType") ?? ""
        guard case .sentCode(let address) = FactorKind.named(type)?.proof else { return }
        json["_passCode"] = JSON(org.sendCode(type, to: json.text("profile.\(address)") ?? "", user.id))
        json["_sent"] = JSON(org.now.seconds)
    }

    static func store(_ json: JSON, of user: UserRecord, _ org: inout OrgState) {
        org.tables[Kinds.factors, of: user.id][json.text("id") ?? ""] = json
    }

    private static let wrongCode = OrgFault.forbidden(
        "E0000068", "Invalid Passcode/Answer", "Your passcode doesn't match our records. Please try again.")
    private static let wrongAnswer = OrgFault.forbidden(
        "E0000068", "Invalid Passcode/Answer", "Your answer doesn't match our records. Please try again.")

    /// Throws if a request does not prove possession of the factor.
    static func check(_ body: JSON, _ json: JSON, _ org: OrgState) throws(OrgFault) {
        let code = body.text("passCode") ?? ""
        switch FactorKind.named(json.text("factorType") ?? "")?.proof {
        case .sentCode: guard code == json.text("_passCode"), !code.isEmpty else { throw wrongCode }
        case .computedCode:
            guard OneTimePasswords.fits(code, secret: json.text("_secret") ?? "", at: org.now.seconds) else {
                throw wrongCode
            }
        case .answer:
            guard json.text("_answer")?.lowercased() == body.text("answer")?.lowercased() else { throw wrongAnswer }
        case .signature: guard body.text("clientData") != nil else { throw wrongCode }
        case .foreignToken: guard !code.isEmpty else { throw wrongCode }
        case .push, nil: break
        }
    }

    // MARK: Activation

    static func activate(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var (user, json) = try Factors.find(call, org)
        guard json.text("status") == "PENDING_ACTIVATION" else { return .json(Factors.shown(json, call)) }
        if json.text("factorType") == "push" {
            let isOver = json.text("_until") ?? "" <= org.now.text
            return .json([
                "expiresAt": json["_until"] ?? .null, "factorResult": isOver ? "TIMEOUT" : "WAITING",
                "factorType": "push", "_links": Factors.shown(json, call)["_links"] ?? [:],
            ])
        }
        try check(try call.object(), json, org)
        json["status"] = "ACTIVE"
        json["lastUpdated"] = JSON(org.now.text)
        if let profile = KeyChallenges.profile(of: json.text("factorType") ?? "", &org) { json["profile"] = profile }
        store(json, of: user, &org)
        SystemLog.record("user.mfa.factor.activate", call, &org, targets: [SystemLog.party(user)])
        return .json(Factors.shown(json, call))
    }

    // MARK: Verification

    private static func verify(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var (user, json) = try Factors.find(call, org)
        guard json.text("status") == "ACTIVE" else {
            throw .forbidden("E0000079", "This operation is not allowed in the current authentication state.")
        }
        let body = try call.object()
        switch FactorKind.named(json.text("factorType") ?? "")?.proof {
        case .sentCode where body.text("passCode") == nil:
            try checkPause(json, org)
            send(&json, user, &org)
            store(json, of: user, &org)
            return .json(challenge(json, call, org))
        case .signature where body.text("clientData") == nil:
            var challenge = challenge(json, call, org)
            challenge["_embedded"] = ["challenge": ["challenge": JSON(org.ids.key(20))]]
            return .json(challenge)
        case .push: return FactorPushes.start(json, call, &org)
        default: try check(body, json, org)
        }
        json["_passCode"] = nil as JSON?
        store(json, of: user, &org)
        SystemLog.record("user.authentication.auth_via_mfa", call, &org, targets: [SystemLog.party(user)])
        return .json(["factorResult": "SUCCESS"])
    }

    private static func challenge(_ json: JSON, _ call: Call, _ org: OrgState) -> JSON {
        [
            "factorResult": "CHALLENGE", "expiresAt": JSON((org.now + 300).text),
            "profile": json["profile"] ?? .emptyObject, "_links": Factors.shown(json, call)["_links"] ?? [:],
        ]
    }

    /// The minimum interval between two codes, and Okta's error for earlier requests.
    private static let pauses: [String: (seconds: Int, code: String, text: String)] = [
        "sms": (30, "E0000109", "An SMS message was recently sent. Please wait 30 seconds before trying again."),
        "call": (30, "E0000133", "A call was recently made. Please wait 30 seconds before trying again."),
        "email": (5, "E0000118", "An email was recently sent. Please wait 5 seconds before trying again."),
    ]

    /// Throws if the last code was sent too recently.
    static func checkPause(_ json: JSON, _ org: OrgState) throws(OrgFault) {
        guard let pause = pauses[json.text("factorType") ?? ""], let sent = json["_sent"]?.int,
            org.now.seconds < sent + pause.seconds
        else { return }
        throw OrgFault(status: 429, code: pause.code, summary: pause.text)
    }

    private static func resend(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var (user, json) = try Factors.find(call, org)
        guard pauses[json.text("factorType") ?? ""] != nil else {
            throw .invalid("factorType", "Only codes by text, call or email can be sent again.")
        }
        try checkPause(json, org)
        send(&json, user, &org)
        store(json, of: user, &org)
        return .json(Factors.shown(json, call))
    }

    /// Returns the code that a factor expects: the last one sent, or the current one of an authenticator app.
    static func passCode(ofFactor id: String, _ org: OrgState) -> String? {
        org.tables.parents(of: id, kind: Kinds.factors).first.flatMap { user in
            let json = org.tables[Kinds.factors, of: user][id]
            return json?.text("_passCode")
                ?? json?.text("_secret").flatMap { OneTimePasswords.code(secret: $0, at: org.now.seconds) }
        }
    }

    static let all: [Operation] =
        FactorPushes.all + [
            Operation("POST", item + "/lifecycle/activate") { call, org throws(OrgFault) in try activate(call, &org) },
            Operation("POST", item + "/lifecycle/activate/poll") { call, org throws(OrgFault) in
                try activate(call, &org)
            },
            Operation("POST", item + "/verify") { call, org throws(OrgFault) in try verify(call, &org) },
            Operation("POST", item + "/resend") { call, org throws(OrgFault) in try resend(call, &org) },
        ]
}
