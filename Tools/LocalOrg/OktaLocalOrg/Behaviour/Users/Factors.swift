import OktaRuntime

/// Factors that users enroll.
enum Factors {
    static let kind = "/api/v1/users/{}/factors"
    private static let path = "/api/v1/users/{userId}/factors"

    private static let prefixes = [
        "sms": "mbl", "call": "clf", "question": "ufs", "email": "emf", "push": "opf", "signed_nonce": "crp",
        "token:software:totp": "ost", "u2f": "fuf", "webauthn": "fwf",
    ]

    private static let questions: [(name: String, text: String)] = [
        ("disliked_food", "What is the food you least liked as a child?"),
        ("name_of_first_plush_toy", "What is the name of your first stuffed animal?"),
        ("first_award", "What did you earn your first medal or award for?"),
        ("favorite_security_question", "What is your favorite security question?"),
        ("favorite_toy", "What is the toy/stuffed animal you liked the most as a kid?"),
        ("first_computer_game", "What was the first computer game you played?"),
        ("first_thing_cooked", "What was the first thing you learned to cook?"),
        ("childhood_dream_job", "What was your dream job as a child?"),
    ]

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        let user = "\(call.origin)/api/v1/users/\(call[0])"
        let own = "\(user)/factors/\(json.text("id") ?? "")"
        var links: JSON = [
            "self": ["href": JSON(own), "hints": ["allow": ["GET", "DELETE"]]],
            "user": ["href": JSON(user), "hints": ["allow": ["GET"]]],
        ]
        if json.text("factorType") == "question" {
            links["questions"] = ["href": JSON("\(user)/factors/questions"), "hints": ["allow": ["GET"]]]
        }
        if json.text("status") == "PENDING_ACTIVATION" {
            let type = json.text("factorType") ?? ""
            links["activate"] = ["href": JSON("\(own)/lifecycle/activate"), "hints": ["allow": ["POST"]]]
            links["resend"] = [
                ["name": JSON(type), "href": JSON("\(own)/resend"), "hints": ["allow": ["POST"]]]
            ]
        } else {
            links["verify"] =
                json.text("factorType") == "question"
                ? .none : ["href": JSON("\(own)/verify"), "hints": ["allow": ["POST"]]]
        }
        var shown = json
        shown.remove(["profile.answer", "_answer"])
        shown["_links"] = links
        return shown
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        let user = try UserOperations.find(call, org)
        guard let json = org.tables[kind, of: user.id][call[1]] else { throw .notFound(call[1], "UserFactor") }
        return json
    }

    private static func enroll(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let user = try UserOperations.find(call, org)
        let body = try call.object()
        guard let type = body.text("factorType"), let prefix = prefixes[type] else {
            throw .invalid("factorType", "factorType: The field cannot be left blank")
        }
        if type == "sms", body.text("profile.phoneNumber")?.isEmpty != false {
            throw .invalid("factorEnrollRequest", "Invalid Phone Number.")
        }
        if org.tables[kind, of: user.id].first(where: { $0.text("factorType") == type && type == "question" }) != nil {
            throw .invalid("factorEnrollRequest", "A factor of this type is already set up.")
        }
        let id = org.ids.next(prefix)
        var json = body
        json["id"] = JSON(id)
        if json["provider"] == nil { json["provider"] = "OKTA" }
        json["vendorName"] = json["provider"]
        let isActive = type == "question" || call.flag("activate") == true
        json["status"] = isActive ? "ACTIVE" : "PENDING_ACTIVATION"
        json["created"] = JSON(org.now.text)
        json["lastUpdated"] = JSON(org.now.text)
        if type == "question" {
            let question = body.text("profile.question") ?? ""
            guard let text = body.text("profile.questionText") ?? questions.first(where: { $0.name == question })?.text
            else { throw .invalid("factorEnrollRequest", "Invalid security question.") }
            json["_answer"] = body[path: "profile.answer"]
            json["profile"] = ["question": JSON(question), "questionText": JSON(text)]
        }
        org.tables[kind, of: user.id][id] = json
        SystemLog.record("user.mfa.factor.activate", call, &org, targets: [SystemLog.party(user)])
        return .json(shown(json, call))
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            let user = try UserOperations.find(call, org)
            return .json(JSON(org.tables[kind, of: user.id].all.map { shown($0.json, call) }))
        },
        Operation("POST", path) { call, org throws(OrgFault) in try enroll(call, &org) },
        Operation("GET", path + "/catalog") { call, org throws(OrgFault) in
            _ = try UserOperations.find(call, org)
            return .json(
                JSON(
                    ["question", "sms", "token:software:totp"].map { type in
                        [
                            "factorType": JSON(type), "provider": "OKTA", "vendorName": "OKTA",
                            "status": "NOT_SETUP", "enrollment": "OPTIONAL",
                            "_links": [
                                "enroll": [
                                    "href": JSON("\(call.origin)/api/v1/users/\(call[0])/factors"),
                                    "hints": ["allow": ["POST"]],
                                ]
                            ],
                        ]
                    }))
        },
        Operation("GET", path + "/questions") { call, org throws(OrgFault) in
            _ = try UserOperations.find(call, org)
            return .json(
                JSON(questions.map { ["question": JSON($0.name), "questionText": JSON($0.text)] }))
        },
        Operation("GET", path + "/{factorId}") { call, org throws(OrgFault) in .json(shown(try find(call, org), call))
        },
        Operation("PUT", path + "/{factorId}") { call, org throws(OrgFault) in
            var json = try find(call, org)
            let user = try UserOperations.find(call, org)
            if let profile = try call.object()["profile"] {
                var merged = json["profile"] ?? .emptyObject
                merged.merge(profile)
                if let text = questions.first(where: { $0.name == merged.text("question") })?.text {
                    merged["questionText"] = JSON(text)
                }
                json["profile"] = merged
            }
            json["lastUpdated"] = JSON(org.now.text)
            org.tables[kind, of: user.id][call[1]] = json
            return .json(shown(json, call))
        },
        Operation("DELETE", path + "/{factorId}") { call, org throws(OrgFault) in
            _ = try find(call, org)
            let user = try UserOperations.find(call, org)
            org.tables[kind, of: user.id][call[1]] = nil
            SystemLog.record("user.mfa.factor.deactivate", call, &org, targets: [SystemLog.party(user)])
            return .empty()
        },
        Operation("POST", path + "/{factorId}/lifecycle/activate") { call, org throws(OrgFault) in
            var json = try find(call, org)
            let user = try UserOperations.find(call, org)
            json["status"] = "ACTIVE"
            json["lastUpdated"] = JSON(org.now.text)
            org.tables[kind, of: user.id][call[1]] = json
            return .json(shown(json, call))
        },
        Operation("POST", path + "/{factorId}/verify") { call, org throws(OrgFault) in
            let json = try find(call, org)
            if json.text("factorType") == "question", json["_answer"] != (try call.object()["answer"]) {
                throw .forbidden(
                    "E0000068", "Invalid Passcode/Answer", "Your answer doesn't match our records. Please try again.")
            }
            return .json(["factorResult": "SUCCESS"])
        },
    ]
}
