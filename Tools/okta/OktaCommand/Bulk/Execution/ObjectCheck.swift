#if CommandLine
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import HTTPTypes
package import OktaRuntime

/// Determines whether the org performed a call without a response, by comparing the object with the requested state.
package struct ObjectCheck: Sendable {
    /// The result of a check.
    package enum Verdict: Sendable, Equatable {
        /// The call was performed; with the id of a created object.
        case done(objectID: String?)
        /// The call was not performed and can be sent.
        case notDone
        /// The result cannot be determined; with the reason.
        case unknown(String)
    }

    private let client: OktaClient

    package init(_ client: OktaClient) { self.client = client }

    /// Checks a call.
    ///
    /// - Parameters:
    ///   - before: The object before the call.
    ///   - age: The time since the call was about to be sent; nil if unknown.
    package func verdict(
        of row: RowCall, before: JSON?, age: Duration?
    ) async throws(CommandFailure) -> Verdict {
        switch row.action.change {
        case .none: return .notDone
        case .update(let reading), .deletion(let reading), .transition(let reading):
            return Self.verdict(of: row, present: try await object(reading, row), before: before)
        case .membership(let isAddition, let listing):
            guard let id = row.action.path.names.last.flatMap({ row.values[$0] }) else {
                return .unknown("the row has no id")
            }
            let found = try await find(listing, row.values) { item in
                item["id"]?.string == id || item["profile"]?["login"]?.string == id
            }
            return (found != nil) == isAddition ? .done(objectID: nil) : .notDone
        case .creation(let listing): return try await created(row, listing, age)
        case .invisible: return .unknown("no action of the catalog shows what \(row.action.name) does")
        }
    }

    // MARK: Comparison

    /// Checks a call that changes or deletes one object.
    ///
    /// - Parameters:
    ///   - present: The object now; nil if it does not exist.
    ///   - before: The object before the call.
    static func verdict(of row: RowCall, present: JSON?, before: JSON?) -> Verdict {
        switch row.action.change {
        case .update:
            guard let present else { return .unknown("the object is gone") }
            return compare(present, wanted: wanted(of: row), before: before)
        case .deletion:
            guard let present else { return .done(objectID: nil) }
            guard let before else { return .unknown("the object exists, but was not read before the call") }
            if present == before { return .notDone }
            // The first deletion of an active user only deactivates the user.
            return present["status"] != before["status"]
                ? .done(objectID: nil) : .unknown("the object has changed since the call, and still exists")
        case .transition:
            guard let present else { return .unknown("the object is gone") }
            guard let before else { return .unknown("the object was not read before") }
            if present["status"] != before["status"] { return .done(objectID: nil) }
            return present == before && row.action.inverse != nil
                ? .notDone : .unknown("the object does not show the change")
        case .none, .membership, .creation, .invisible: return .unknown("the object does not show the change")
        }
    }

    /// Returns the fields that a call sets.
    private static func wanted(of row: RowCall) -> JSON {
        guard !row.assignments.isEmpty else { return row.body ?? .emptyObject }
        var wanted = JSON.emptyObject
        let types = FieldTypes(row.action.module.schema)
        for field in row.assignments where field.text != SecretMask.requests.mark {
            try? field.apply(to: &wanted, model: BodyKind(row.action.descriptor).model, types: types)
        }
        return wanted
    }

    /// Compares an object with the requested and the previous state.
    package static func compare(_ present: JSON, wanted: JSON, before: JSON?) -> Verdict {
        if let before, present == before { return .notDone }
        let seen = visible(wanted, in: present, named: "")
        switch seen {
        case nil: return .unknown("the fields that the call sets cannot be read")
        case true?: return .done(objectID: nil)
        case false?: break
        }
        // Other fields may have changed; only the fields of the call count.
        if let before, same(wanted, present, before) { return .notDone }
        return .unknown("the object has neither the previous nor the requested values")
    }

    /// Returns whether an object has the requested values; nil if none of them can be read.
    private static func visible(_ wanted: JSON, in present: JSON?, named name: String) -> Bool? {
        if SecretMask.requests.isSecret(name) { return nil }
        guard let members = wanted.members else {
            if wanted.kind == .null { return present == nil || present?.kind == .null }
            return present == wanted
        }
        var result: Bool?
        for (name, value) in members {
            guard let part = visible(value, in: present?[name], named: name) else { continue }
            if !part { return false }
            result = true
        }
        return result
    }

    /// Returns whether two objects have equal values in the fields of a third.
    private static func same(_ fields: JSON, _ left: JSON?, _ right: JSON?) -> Bool {
        guard let members = fields.members else { return left == right }
        return members.allSatisfy { name, value in
            SecretMask.requests.isSecret(name) || same(value, left?[name], right?[name])
        }
    }

    // MARK: Reading

    private func object(_ reading: RelatedAction, _ row: RowCall) async throws(CommandFailure) -> JSON? {
        try await PresentObject(client).read(reading, row.values)
    }

    /// Returns the object that a call created: by its login or name, or the first in the list with all its fields.
    private func created(
        _ row: RowCall, _ listing: RelatedAction, _ age: Duration?
    ) async throws(CommandFailure) -> Verdict {
        let wanted = row.body ?? .emptyObject
        let login = wanted["profile"]?["login"]?.string
        if let login, let member = row.action.related(.get, ActionPath(row.action.path.segments + [.value("\u{0}")])),
            let name = member.action.path.names.last
        {
            var values = member.values(from: row.values)
            values[name] = login
            let call = ActionCall(member.action, values: values)
            guard let object = try await PresentObject(client).read(call) else { return .notDone }
            return verdict(of: object, age)
        }
        var values = listing.values(from: row.values)
        let name = wanted["profile"]?["name"] ?? wanted["label"] ?? wanted["name"]
        if let name = name?.string, listing.action.descriptor.parameters.contains(where: { $0.name == "q" }) {
            values["q"] = name
        }
        let found = try await find(ActionCall(listing.action, values: values)) { item in
            isNew(item, age) != false && Self.visible(wanted, in: item, named: "") == true
        }
        if let found { return verdict(of: found, age) }
        return name == nil ? .unknown("the created object has no name to search for") : .notDone
    }

    private func verdict(of object: JSON, _ age: Duration?) -> Verdict {
        switch isNew(object, age) {
        case true?: .done(objectID: object["id"]?.string)
        case false?: .unknown("such an object existed before the call")
        case nil: .unknown("such an object exists; its age is not known, because this machine's clock was set back")
        }
    }

    /// Returns whether an object was created after a call was sent, as far as it shows; nil if the time of the call is
    /// unknown.
    ///
    /// The time is the org's, as stated in its responses, since this machine's clock may be wrong. A tolerance of a
    /// minute covers delayed responses.
    private func isNew(_ object: JSON, _ age: Duration?) -> Bool? {
        guard let text = object["created"]?.string, let time = Moment.milliseconds(of: text) else { return true }
        guard let age else { return nil }
        let sent = client.serverClock.now.timeIntervalSince1970 * 1000 - age / .milliseconds(1)
        return Double(time) >= sent - 60_000
    }

    private func find(
        _ listing: RelatedAction, _ values: [String: String], where fits: (JSON) -> Bool
    ) async throws(CommandFailure) -> JSON? {
        try await find(ActionCall(listing.action, values: listing.values(from: values)), where: fits)
    }

    private func find(_ call: ActionCall, where fits: (JSON) -> Bool) async throws(CommandFailure) -> JSON? {
        do {
            guard call.action.isList else {
                let list = try await client.send(call.request(sendingThrough: client)).json()
                return list.listed.first(where: fits)
            }
            for try await page in try call.pages(through: client).pages {
                if let found = page.items.first(where: fits) { return found }
            }
            return nil
        } catch {
            throw CommandFailure(of: error)
        }
    }
}
#endif
