import Okta
import OktaSamples
import OktaTestSupport

/// The values in responses that differ from the catalog's declaration of a field, with their number.
struct Misfits {
    /// One location in one action's responses.
    struct Place: Hashable, Comparable, CustomStringConvertible {
        let action: String
        let model: String
        /// The field, with `[]` for indices and `{}` for names that are an org's data.
        let path: String
        let expected: String
        let found: String

        var description: String { "\(action) \(model) \(path): expected \(expected), found \(found)" }

        static func < (left: Place, right: Place) -> Bool { left.description < right.description }
    }

    private(set) var counts: [Place: Int] = [:]
    private let fieldNames = Set(ModelReader.okta.flatMap(\.fields))

    /// All misfits, most frequent first.
    var lines: [String] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key), \($0.value) times" }
    }

    /// Compares a response with the catalog.
    mutating func read(_ response: Recording.Response) {
        let objects = response.isList ? response.json.elements ?? [] : [response.json]
        for issue in objects.flatMap({ ModelSchema.okta.issues(in: $0, as: response.model) }) {
            guard let (expected, found) = Self.misfit(issue.reason) else { continue }
            let place = Place(
                action: response.action.swiftName, model: response.model, path: path(issue.path), expected: expected,
                found: found)
            counts[place, default: 0] += 1
        }
    }

    /// Returns the expected and the found value of a declared field; nil for an issue that does not concern a value.
    private static func misfit(_ reason: ModelSchema.Issue.Reason) -> (expected: String, found: String)? {
        switch reason {
        case .type(let expected, let found): (expected, "\(found)")
        case .null: ("no null", "null")
        case .unlistedValue(let enumeration): ("a value of \(enumeration)", "another value")
        case .missing, .unknown, .outOfRange, .duplicate: nil
        }
    }

    private func path(_ path: JSON.Path) -> String {
        let steps = path.steps.map { step in
            switch step {
            case .index: "[]"
            case .key(let key): fieldNames.contains(key) ? key : "{}"
            }
        }
        return steps.joined(separator: ".")
    }
}
