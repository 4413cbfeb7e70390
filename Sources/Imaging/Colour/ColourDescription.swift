import Foundation

/// What a file says about the meaning of its pixel values. It travels from the photo to the export, so that a product pixel that is
/// copied bit by bit keeps its colour.
public struct ColourDescription: Sendable, Equatable {
    /// The embedded ICC profile, as stored.
    public var icc: Data?
    /// PNG's gAMA: the exponent that encodes linear light, for example 0.45455. Nil when absent.
    public var gamma: Double?
    /// PNG's cHRM: x and y of white, red, green and blue, in this order. Nil when absent.
    public var chromaticities: [Double]?
    /// The rendering intent of PNG's sRGB chunk (0...3); nil when the file has no such chunk.
    public var sRGBIntent: Int?

    public init(icc: Data? = nil, gamma: Double? = nil, chromaticities: [Double]? = nil, sRGBIntent: Int? = nil) {
        self.icc = icc
        self.gamma = gamma
        self.chromaticities = chromaticities
        self.sRGBIntent = sRGBIntent
    }

    /// A file that says nothing: its values are taken as sRGB.
    public static let unspecified = ColourDescription()
    /// A file that says sRGB, with the perceptual intent.
    public static let sRGB = ColourDescription(sRGBIntent: 0)
}

extension ColourDescription {
    /// Notes an embedded profile if it can describe RGB values.
    ///
    /// Pictures are always RGB here, and a grey profile on RGB pixels would be refused by every reader; of a grey profile only its gamma
    /// is kept.
    mutating func adopt(profile: Data) {
        guard profile.count >= 132 else { return }
        let space = profile.dropFirst(16).prefix(4)
        if space.elementsEqual("RGB ".utf8) {
            icc = Data(profile)
        } else if space.elementsEqual("GRAY".utf8), let exponent = ICCProfile.greyGamma(profile), exponent > 0.1 {
            gamma = 1 / exponent
        }
    }
}
