import CodableModels
import Foundation
import Okta

/// Reads every declared field of each user and of its nested models.
enum EveryField {
    static func okta(_ bytes: [UInt8]) throws -> Int {
        var fields = FieldSum()
        for element in try JSON(parsing: bytes).elements ?? [] { fields.read(Okta.User(json: element)) }
        return fields.sum
    }

    static func decoder(_ data: Data) throws -> Int {
        try decoded(data).count
    }

    static func decoded(_ data: Data) throws -> [CodableModels.User] {
        let decoder = JSONDecoder()
        // This is the cheapest strategy that reads Okta's dates.
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            guard let date = OktaDate.parse(text) else { throw BenchmarkError("no date") }
            return date
        }
        return try decoder.decode([CodableModels.User].self, from: data)
    }
}
