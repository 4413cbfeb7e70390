import Foundation
import Testing

@testable import Catalogue

@Suite("How people sort names")
struct NaturalOrderTests {
    @Test("Numbers count as numbers and case does not; names of ASCII sort as Foundation sorts them")
    func order() {
        #expect(["can", "vase-10", "Vase-2", "vase-002b", "ボトル", "a", ""].sorted(by: NaturalOrder.precedes).last == "ボトル")
        var state: UInt32 = 3
        func letters() -> String {
            String(
                (0..<6).map { _ -> Character in
                    state = state &* 1_664_525 &+ 1_013_904_223
                    return Array("aAbB0019-_")[Int(state >> 24) % 10]
                })
        }
        for _ in 0..<2_000 {
            let (one, other) = (letters(), letters())
            let wanted = one.compare(other, options: [.numeric, .caseInsensitive])
            // Foundation tells "01" from "1"; people do not.
            guard wanted != .orderedSame, one.filter({ $0 != "0" }).lowercased() != other.filter({ $0 != "0" }).lowercased() else {
                continue
            }
            #expect(NaturalOrder.precedes(one, other) == (wanted == .orderedAscending), "\(one) and \(other)")
            #expect(!(NaturalOrder.precedes(one, other) && NaturalOrder.precedes(other, one)))
        }
    }
}
