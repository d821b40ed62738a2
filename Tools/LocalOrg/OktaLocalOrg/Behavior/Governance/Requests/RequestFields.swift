import OktaRuntime

/// Questions of a request type to requesters and approvers, and the answers in a request.
enum RequestFields {
    private static let types = ["SELECT", "TEXT", "DATE-TIME"]

    /// Returns the questions of a request type, each with an id.
    static func completed(_ fields: JSON?, at place: String, _ org: inout OrgState) throws(OrgFault) -> JSON {
        var completed: [JSON] = []
        for (index, field) in (fields?.elements ?? []).enumerated() {
            let place = "\(place)/\(index)"
            try RequestChecks.require(["prompt"], of: field, at: place)
            try RequestChecks.length(field.text("prompt"), 1...100, at: place + "/prompt")
            try RequestChecks.choice(field.text("type"), types, at: place + "/type")
            if field.text("type") == "SELECT" {
                try RequestChecks.require(["options"], of: field, at: place + "/options")
                let options = field["options"]?.elements ?? []
                try RequestChecks.count(options, 1...100, at: place + "/options")
                for (number, option) in options.enumerated() {
                    let place = "\(place)/options/\(number)/value"
                    guard let value = option.text("value") else {
                        throw RequestChecks.refused(place, "must have required property 'value'")
                    }
                    try RequestChecks.length(value, 1...280, at: place)
                }
            }
            var json = field
            json["id"] = JSON(org.ids.uuid())
            json.fill(from: ["required": true])
            completed.append(json)
        }
        return JSON(completed)
    }

    /// Returns the questions with a request's answers; null if there are no questions.
    static func answered(_ fields: [JSON], _ values: JSON?) throws(OrgFault) -> JSON {
        var answers: [String: JSON] = [:]
        for (index, value) in (values?.elements ?? []).enumerated() {
            let place = "/requesterFieldValues/\(index)"
            try RequestChecks.require(["id"], of: value, at: place)
            try RequestChecks.require(["value"], of: value, at: place)
            let id = value.text("id") ?? ""
            guard let field = fields.first(where: { $0.text("id") == id }) else {
                throw RequestChecks.refused(place + "/id", "\(id) not found")
            }
            try check(value["value"], of: field, at: place + "/value")
            answers[id] = value["value"]
        }
        let isComplete = fields.allSatisfy { field in
            field["required"]?.bool == false || answers[field.text("id") ?? ""] != nil
        }
        guard isComplete else {
            throw OrgFault(
                status: 409, code: "E0000001",
                summary: "Api validation failed: /requesterFieldValues must have all required requesterFields",
                causes: ["must have all required requesterFields"])
        }
        guard !fields.isEmpty else { return .null }
        return JSON(
            fields.map { field in
                var answered = field
                answered["value"] = answers[field.text("id") ?? ""]
                return answered
            })
    }

    private static func check(_ value: JSON?, of field: JSON, at place: String) throws(OrgFault) {
        switch field.text("type") {
        case "DATE-TIME":
            guard let text = value?.string, OrgTime(text) != nil else {
                throw RequestChecks.refused(place, "must be date-time")
            }
        case "SELECT":
            let options = (field["options"]?.elements ?? []).compactMap { $0.text("value") }
            guard let chosen = value?.elements?.map({ $0.string ?? "" }), !chosen.isEmpty else {
                throw RequestChecks.refused(place, "must be array")
            }
            for option in chosen { try RequestChecks.choice(option, options, at: place) }
        default:
            guard let text = value?.string else { throw RequestChecks.refused(place, "must be string") }
            try RequestChecks.length(text, 1...1000, at: place)
        }
    }
}
