import OktaRuntime

/// Common parts of the kinds of Access Requests: errors that name the place in the body, ids, and ordered lists.
enum RequestChecks {
    /// Returns the error for a value at a place in the body, such as `/requesterUserIds/0`.
    static func refused(_ place: String, _ cause: String) -> OrgFault {
        .invalid(place.isEmpty ? cause : "\(place) \(cause)", cause)
    }

    /// Throws unless all of these members are present.
    static func require(_ names: [String], of json: JSON?, at place: String = "") throws(OrgFault) {
        let causes = names.filter { json?[$0] == nil || json?[$0]?.kind == .null }.map {
            "must have required property '\($0)'"
        }
        guard !causes.isEmpty else { return }
        throw .invalid((place.isEmpty ? "" : place + " ") + causes.joined(separator: ", "), causes: causes)
    }

    /// Throws unless a text is one of the given values.
    static func choice(_ text: String?, _ values: [String], at place: String) throws(OrgFault) {
        guard let text, values.contains(text) else {
            throw refused(place, "must be equal to one of the allowed values: \(values.joined(separator: ", "))")
        }
    }

    static func length(_ text: String?, _ range: ClosedRange<Int>, at place: String) throws(OrgFault) {
        guard let text else { return }
        guard text.count >= range.lowerBound else {
            throw refused(place, "must NOT have fewer than \(range.lowerBound) characters")
        }
        guard text.count <= range.upperBound else {
            throw refused(place, "must NOT have more than \(range.upperBound) characters")
        }
    }

    static func count(_ list: [JSON], _ range: ClosedRange<Int>, at place: String) throws(OrgFault) {
        guard list.count >= range.lowerBound else {
            throw refused(place, "must NOT have fewer than \(range.lowerBound) items")
        }
        guard list.count <= range.upperBound else {
            throw refused(place, "must NOT have more than \(range.upperBound) items")
        }
    }

    /// Throws unless a group exists.
    static func group(_ id: String, at place: String, _ org: OrgState) throws(OrgFault) {
        guard org.tables[Kinds.groups][id] != nil else { throw refused(place, "\(id) not found") }
    }

    /// Returns an id of 24 hexadecimal digits.
    static func id(_ org: inout OrgState) -> String { org.ids.hexadecimal(24) }

    /// Returns rows in the order of `orderBy`, which names one of these members and optionally `asc` or `desc`.
    static func ordered(
        _ call: Call, _ rows: [(key: String, json: JSON)], by members: [String]
    ) throws(OrgFault) -> [(key: String, json: JSON)] {
        guard let text = call.query("orderBy"), !text.isEmpty else { return rows }
        let words = text.split(separator: " ").map(String.init)
        let direction = words.count == 2 ? words[1].lowercased() : "asc"
        guard let name = words.first, words.count <= 2, members.contains(name), ["asc", "desc"].contains(direction)
        else {
            throw OrgFault(
                status: 400, code: "E0000029", summary: "Invalid paging request", causes: ["Invalid `orderBy` syntax"])
        }
        // Rows with equal values keep their order.
        return rows.enumerated().sorted { left, right in
            let (first, second) = (left.element.json.text(name) ?? "", right.element.json.text(name) ?? "")
            if first == second { return left.offset < right.offset }
            return direction == "asc" ? first < second : first > second
        }.map(\.element)
    }
}
