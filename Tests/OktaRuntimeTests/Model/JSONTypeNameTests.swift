import OktaRuntime
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("What types are called in messages")
struct JSONTypeNameTests {
    @Test(
        "Type mismatch: types are named",
        arguments: [
            (String.self, "string"), (Int.self, "integer"), (Double.self, "number"), (Bool.self, "boolean"),
            (Date.self, "date"), (URL.self, "URL"), (OktaBase64.self, "base64 string"), (OktaDuration.self, "duration"),
            (JSON.self, "value"), (SampleUser.self, "object"), (SampleStatus.self, "string"),
            ([[String]].self, "array of array of string"), ([String: [Int]].self, "object of array of integer"),
            ([SampleStatus].self, "array of string"), ([String: SampleUser].self, "object of object"),
            (Money.self, "Money"), ([Money].self, "array of Money"),
        ] as [(any JSONConvertible.Type, String)])
    func typesAreNamed(type: any JSONConvertible.Type, name: String) {
        #expect(type.jsonTypeName == name)
    }

    @Test("Type mismatch: the name of an application's type is in the message")
    func theNameOfATypeOfTheApplicationIsInTheMessage() throws {
        let error = try #require(throws: JSON.TypeMismatch.self) {
            _ = try JSON(parsing: #"{"price":{"amount":1}}"#).require("price", as: Money.self)
        }
        #expect(error.description == "$.price: expected Money, found object")
    }
}

/// A type of an application.
private struct Money: JSONConvertible {
    let cents: Int

    init?(lenient json: JSON) {
        guard let cents = json.int else { return nil }
        self.cents = cents
    }

    var json: JSON { JSON(cents) }
}
