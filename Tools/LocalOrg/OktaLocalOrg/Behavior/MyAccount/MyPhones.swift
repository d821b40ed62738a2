import OktaRuntime

/// The phones of the calling user. A phone becomes active when the user confirms it with the code sent to it.
enum MyPhones {
    static let kind = MyAccount.path + "/phones"
    private static let path = kind
    private static let maximum = 2

    /// Returns the calling user. Throws if the org's phone authenticator is inactive.
    private static func user(_ call: Call, _ org: OrgState) throws(OrgFault) -> UserRecord {
        let user = try MyAccount.user(call, org)
        let isOn = org.tables[Kinds.authenticators].all.contains {
            $0.json.text("key") == "phone_number" && $0.json.text("status") == "ACTIVE"
        }
        guard isOn else {
            throw .forbidden(
                "E0000038", "This operation is not allowed in the user's current status.",
                "Phone authenticator is not enabled for your org.")
        }
        return user
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> (user: UserRecord, json: JSON) {
        let user = try MyAccount.user(call, org)
        guard let json = org.tables[kind, of: user.id][call[0]] else { throw .notFound(call[0], "UserProfilePhone") }
        return (user, json)
    }

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        let id = json.text("id") ?? ""
        var shown = json
        shown.remove(["code", "codeExpires"])
        shown["_links"] = [
            "self": MyAccount.link(call, "/phones/\(id)", "GET", "DELETE"),
            "challenge": MyAccount.link(call, "/phones/\(id)/challenge", "POST"),
        ]
        if json.text("status") == "UNVERIFIED" {
            shown[path: "_links.verify"] = MyAccount.link(call, "/phones/\(id)/verify", "POST")
        }
        return shown
    }

    /// Returns a number in E.164 format, a plus sign and up to fifteen digits. Separators are ignored.
    private static func normal(_ text: String) throws(OrgFault) -> String {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        func refusal(_ summary: String) -> OrgFault {
            OrgFault(
                status: 400, code: "E0000001", summary: "Api validation failed: Error type: \(summary)",
                causes: ["Invalid phone number."])
        }
        guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-. ()".contains($0)) }), digits.count >= 3 else {
            throw refusal("NOT_A_NUMBER. The string supplied did not seem to be a phone number.")
        }
        guard text.hasPrefix("+"), !digits.hasPrefix("0") else {
            throw refusal("INVALID_COUNTRY_CODE. Could not interpret numbers after plus-sign.")
        }
        guard digits.count <= 15 else {
            throw refusal("TOO_LONG. The string supplied is too long to be a phone number.")
        }
        return "+" + digits
    }

    private static func checkMethod(_ body: JSON) throws(OrgFault) -> String {
        let method = body.text("method") ?? "SMS"
        guard ["SMS", "CALL"].contains(method) else {
            throw .invalid("Method", "Invalid method \(method) in the request.")
        }
        return method
    }

    private static func send(_ json: JSON, by method: String, _ user: UserRecord, _ org: inout OrgState) {
        let code = org.sendCode(method.lowercased(), to: json.text("profile.phoneNumber") ?? "", user.id)
        let id = json.text("id") ?? ""
        org.tables[kind, of: user.id][id]?["code"] = JSON(code)
        org.tables[kind, of: user.id][id]?["codeExpires"] = JSON((org.now + 300).text)
    }

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try user(call, org)
        let body = try call.object()
        let number = try normal(try Checks.text("profile.phoneNumber", of: body))
        let method = try checkMethod(body)
        let phones = org.tables[kind, of: user.id].all
        if phones.contains(where: { $0.json.text("profile.phoneNumber") == number }) {
            throw MyAccount.alreadyActive(number, "This phone number is already assigned to the current user account.")
        }
        guard phones.count < maximum else {
            throw .invalid(
                "Exceeded cardinality max",
                "This user account has reached the maximum number of enrolled phone numbers.")
        }
        let id = org.ids.next("sms")
        let json: JSON = ["id": JSON(id), "profile": ["phoneNumber": JSON(number)], "status": "UNVERIFIED"]
        org.tables[kind, of: user.id][id] = json
        if body["sendCode"]?.bool != false { send(json, by: method, user, &org) }
        return .json(shown(json, call), status: 201)
    }

    private static func verify(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (user, json) = try find(call, org)
        let code = try Checks.text("verificationCode", of: try call.object())
        guard json.text("code") == code, json.text("codeExpires") ?? "" > org.now.text else {
            throw MyAccount.invalidCode
        }
        org.tables[kind, of: user.id][call[0]]?.remove(["code", "codeExpires"])
        org.tables[kind, of: user.id][call[0]]?["status"] = "VERIFIED"
        SystemLog.record("user.mfa.factor.activate", call, &org, targets: [SystemLog.party(user)])
        return .empty()
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            let user = try MyAccount.user(call, org)
            return .json(JSON(org.tables[kind, of: user.id].all.map { shown($0.json, call) }))
        },
        Operation("POST", path) { call, org throws(OrgFault) in try create(call, &org) },
        Operation("GET", path + "/{id}") { call, org throws(OrgFault) in .json(shown(try find(call, org).json, call)) },
        Operation("DELETE", path + "/{id}") { call, org throws(OrgFault) in
            let (user, _) = try find(call, org)
            org.tables[kind, of: user.id][call[0]] = nil
            return .empty()
        },
        Operation("POST", path + "/{id}/challenge") { call, org throws(OrgFault) in
            let (user, json) = try find(call, org)
            let body = try call.object()
            try Checks.text("method", of: body)
            send(json, by: try checkMethod(body), user, &org)
            return .json(["_links": ["verify": MyAccount.link(call, "/phones/\(call[0])/verify", "POST")]])
        },
        Operation("POST", path + "/{id}/verify") { call, org throws(OrgFault) in try verify(call, &org) },
    ]
}
