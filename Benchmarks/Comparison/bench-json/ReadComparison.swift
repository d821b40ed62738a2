import Foundation
import Okta
import SimdJSON

/// Compares parsing and reading with Foundation and simdjson.
struct ReadComparison {
    let page: UserPage

    func run() throws {
        let bytes = page.bytes
        let data = Data(bytes)
        let padded = bytes + [UInt8](repeating: 0, count: simdjson_padding())
        let expected = try TenFields.okta(bytes)
        for sum in [
            try TenFields.decoder(data), try TenFields.completeDecoder(data), try TenFields.serialization(data),
            TenFields.simdjson(padded, count: bytes.count, copies: true),
        ] where sum != expected {
            throw BenchmarkError("the contenders read different things")
        }
        let seconds = try Rounds(ways: [
            ("okta 10", { try TenFields.okta(bytes) }),
            ("decoder 10", { try TenFields.decoder(data) }),
            ("complete 10", { try TenFields.completeDecoder(data) }),
            ("serialization 10", { try TenFields.serialization(data) }),
            ("simdjson 10", { TenFields.simdjson(padded, count: bytes.count, copies: true) }),
            ("simdjson 10 borrowed", { TenFields.simdjson(padded, count: bytes.count, copies: false) }),
            ("okta every", { try EveryField.okta(bytes) }),
            ("decoder every", { try EveryField.decoder(data) }),
        ]).seconds()

        let table: [(String, String, String)] = [
            ("parse + ten fields, Okta", "okta 10", "okta 10"),
            ("parse + ten fields, JSONDecoder into structs", "complete 10", "okta 10"),
            ("the same, structs of just these ten fields", "decoder 10", "okta 10"),
            ("parse + ten fields, JSONSerialization", "serialization 10", "okta 10"),
            ("parse + ten fields, simdjson, strings copied", "simdjson 10", "okta 10"),
            ("parse + ten fields, simdjson, strings borrowed", "simdjson 10 borrowed", "okta 10"),
            ("parse + every field, Okta", "okta every", "okta every"),
            ("parse + every field, JSONDecoder into structs", "decoder every", "okta every"),
        ]
        for (title, name, reference) in table {
            guard let time = seconds[name], let ours = seconds[reference] else { continue }
            let rate = String(format: "%7.0f MB/s", Double(bytes.count) / 1e6 / time)
            let ratio = name == reference ? "" : String(format: "   Okta is %.2f times as fast", time / ours)
            print("  " + title.padding(toLength: 48, withPad: " ", startingAt: 0) + rate + ratio)
        }
    }
}
