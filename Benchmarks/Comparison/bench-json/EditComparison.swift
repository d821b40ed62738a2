import CodableModels
import Foundation
import Okta

/// Compares changing one field of each user and writing the page with decoding the page into structs and encoding them.
struct EditComparison {
    let page: UserPage

    func run() throws {
        let bytes = page.bytes
        let data = Data(bytes)
        var output: [UInt8] = []
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(OktaDate.text(date))
        }
        let edited = try JSON(parsing: Self.okta(bytes, into: &output)).elements ?? []
        guard edited.allSatisfy({ Okta.User(json: $0).profile?.title == Self.title }) else {
            throw BenchmarkError("a user was not edited")
        }
        let seconds = try Rounds(ways: [
            ("okta", { try Self.okta(bytes, into: &output).count }),
            (
                "codable",
                {
                    var users = try EveryField.decoded(data)
                    for index in users.indices { users[index].profile?.title = Self.title }
                    return try encoder.encode(users).count
                }
            ),
        ]).seconds()
        guard let ours = seconds["okta"], let theirs = seconds["codable"] else { return }
        for (title, time, ratio) in [
            ("edit a field of each user and write, Okta", ours, ""),
            (
                "the same with JSONDecoder and JSONEncoder", theirs,
                String(format: "   Okta is %.2f times as fast", theirs / ours)
            ),
        ] {
            let rate = String(format: "%7.0f MB/s", Double(bytes.count) / 1e6 / time)
            print("  " + title.padding(toLength: 48, withPad: " ", startingAt: 0) + rate + ratio)
        }
    }

    private static let title = "Director"

    private static func okta(_ bytes: [UInt8], into output: inout [UInt8]) throws -> [UInt8] {
        let users = try (JSON(parsing: bytes).elements ?? []).map { element in
            var user = Okta.User(json: element)
            user.profile?.title = title
            return user.json
        }
        output.removeAll(keepingCapacity: true)
        JSON(users).write(into: &output)
        return output
    }
}
