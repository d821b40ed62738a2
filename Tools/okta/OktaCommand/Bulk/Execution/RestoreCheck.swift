#if CommandLine
internal import OktaRuntime
internal import Synchronization

/// Compares restored objects with their state before the run, and finds created objects that a deletion leaves. This
/// shows what the API cannot restore.
package final class RestoreCheck: Sendable {
    private let former: RunJournal
    private let formerID: String
    private let found = Mutex(Found())

    private struct Found {
        var compared = 0
        var differing = 0
        /// The number of objects that differ in a field, by its path.
        var fields: [String: Int] = [:]
        /// The number of deleted objects that still exist, by their status.
        var remaining: [String: Int] = [:]
    }

    /// Creates the check; nil if the run undoes none, or if the undone run no longer exists.
    init?(_ header: RunHeader, _ context: ProgramContext) {
        guard let id = header.undoes, let former = try? RunFolder(context).look(id) else { return nil }
        self.former = former
        formerID = id
    }

    /// Returns the place of a row that undoes another. It has the number of the undone row, whose object is compared.
    static func place(ofRow number: Int) -> String { "row \(number)" }

    /// Returns the object of a row before the undone run; nil if it was not stored.
    func before(_ row: JournalRow) -> JSON? {
        guard let number = Int(row.place.dropFirst(Self.place(ofRow: 0).count - 1)),
            let before = (try? former.row(number))?.before, before.members != nil
        else { return nil }
        return before
    }

    /// Compares the object of a row with its state before the undone run.
    func compare(_ row: JournalRow, with shown: JSON) {
        guard let before = before(row), before["id"] == shown["id"] else { return }
        // `_links` and `_embedded` follow from the state.
        let paths = Self.differences(before, shown).filter { !$0.hasPrefix("_") }
        found.withLock { found in
            found.compared += 1
            if !paths.isEmpty { found.differing += 1 }
            for path in paths { found.fields[path, default: 0] += 1 }
        }
    }

    /// Notes an object that still exists after its deletion.
    func note(remaining shown: JSON) {
        found.withLock { $0.remaining[shown["status"]?.string ?? "", default: 0] += 1 }
    }

    /// A summary in sentences; nil if no object could be compared.
    var report: String? {
        let found = found.withLock { $0 }
        let remaining = found.remaining.sorted { $0.key < $1.key }.map { status, count in
            let objects = "\(Figures.grouped(count)) created object\(count == 1 ? " still exists" : "s still exist")"
            return "the org shows that \(objects)\(status.isEmpty ? "" : ", with the status \(status)")"
        }
        let advice = remaining.isEmpty ? [] : ["`okta runs undo \(formerID)` sends the deletion again."]
        let lines = remaining + advice + (compared(found).map { [$0] } ?? [])
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private func compared(_ found: Found) -> String? {
        guard found.compared > 0 else { return nil }
        let objects = "\(Figures.grouped(found.compared)) restored object\(found.compared == 1 ? "" : "s")"
        guard found.differing > 0 else { return "the org shows \(objects) as before the run, in every field" }
        let fields = found.fields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let shown = fields.prefix(Self.maximumFields).map { "\($0.key) (\(Figures.grouped($0.value)))" }
            .joined(separator: ", ")
        let rest = fields.count > Self.maximumFields ? ", and \(fields.count - Self.maximumFields) more fields" : ""
        let own =
            found.fields["lastUpdated"] == nil
            ? "" : "\nThe org writes lastUpdated at each change; no request can set it."
        return "the org shows \(objects) as before the run, except: \(shown)\(rest)\(own)"
    }

    private static let maximumFields = 8

    /// Returns the paths of fields with different values. Arrays are compared as a whole.
    static func differences(_ one: JSON, _ other: JSON, at path: String = "") -> [String] {
        guard let members = one.members, let others = other.members else { return one == other ? [] : [path] }
        let names = Set(members.map(\.key)).union(others.map(\.key))
        return names.sorted().flatMap { name in
            let inner = path.isEmpty ? name : "\(path).\(name)"
            guard let left = one[name], let right = other[name] else { return [inner] }
            return differences(left, right, at: inner)
        }
    }
}
#endif
