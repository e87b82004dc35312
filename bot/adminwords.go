package bot

import "enlace/knowledge"

// What the bot says to admins, and to those who are not.
var (
	wordNotAdmin = knowledge.Text{
		EN: "This is for administrators of the server and of the bot. Your attempt is noted.",
		ES: "Esto es para administradores del servidor y del bot. El intento queda anotado.",
	}
	wordBuiltIn = knowledge.Text{
		EN: "The facts are built into the program, so there are no files to read. Set `facts.dir` to use a directory; earlier versions are under `/admin rollback`.",
		ES: "Los hechos vienen con el programa, así que no hay archivos que leer. Configura `facts.dir` para usar un directorio; las versiones anteriores están en `/administrar revertir`.",
	}
	wordFilesChanged = knowledge.Text{
		EN: "The files have changed since this review, so nothing was done. Please review again with `/admin reload`.",
		ES: "Los archivos han cambiado desde esta revisión, así que no se hizo nada. Revísalos otra vez con `/administrar recargar`.",
	}
	wordSame = knowledge.Text{
		EN: "This version is in service already; there is nothing to change.",
		ES: "Esta versión ya está en servicio; no hay nada que cambiar.",
	}
	wordMoved = knowledge.Text{
		EN: "Another version came into service since this review, so nothing was done. Please review again.",
		ES: "Desde esta revisión entró en servicio otra versión, así que no se hizo nada. Revísalo otra vez.",
	}
	wordUnknownVersion = knowledge.Text{
		EN: "This version is not kept. `/admin rollback` lists those that are.",
		ES: "Esta versión no se conserva. `/administrar revertir` muestra las que sí.",
	}
	wordAmbiguous = knowledge.Text{
		EN: "Several versions begin like this; write more of it.",
		ES: "Varias versiones empiezan así; escribe más.",
	}
	wordAdminFailed = knowledge.Text{
		EN: "That did not work; the log says why. Nothing was changed by halves.",
		ES: "No funcionó; el registro del programa dice por qué. Nada quedó a medias.",
	}
	wordConfirm   = knowledge.Text{EN: "Confirm", ES: "Confirmar"}
	wordCancel    = knowledge.Text{EN: "Cancel", ES: "Cancelar"}
	wordCancelled = knowledge.Text{EN: "Cancelled. Nothing has changed.", ES: "Cancelado. Nada ha cambiado."}
	wordApplied   = knowledge.Text{
		EN: "Done: version `%s` is in service, in the place of `%s`. Old answers are being corrected.",
		ES: "Hecho: la versión `%s` está en servicio, en lugar de `%s`. Se están corrigiendo las respuestas antiguas.",
	}
)

// What a review says.
var (
	wordReview         = knowledge.Text{EN: "**Review** · version `%s` in the place of `%s` · %s", ES: "**Revisión** · versión `%s` en lugar de `%s` · %s"}
	wordNoChange       = knowledge.Text{EN: "The fact files say the same as the base in service, version `%s`.", ES: "Los archivos de hechos dicen lo mismo que la base en servicio, versión `%s`."}
	wordBroken         = knowledge.Text{EN: "**The fact files cannot be served.** The base in service stays, version `%s`. %s:", ES: "**Los archivos de hechos no sirven.** La base en servicio sigue, versión `%s`. %s:"}
	wordAdded          = knowledge.Text{EN: "Added", ES: "Añadidos"}
	wordChanged        = knowledge.Text{EN: "Changed", ES: "Cambiados"}
	wordWithdrawnFacts = knowledge.Text{EN: "Withdrawn", ES: "Retirados"}
	wordRemoved        = knowledge.Text{EN: "Removed", ES: "Eliminados"}
	wordLint           = knowledge.Text{EN: "What an editor would look at", ES: "Lo que miraría un editor"}
	wordMovedTitle     = knowledge.Text{EN: "Questions whose answer changes", ES: "Preguntas cuya respuesta cambia"}
	wordOfAsked        = knowledge.Text{EN: "%d of %d", ES: "%d de %d"}
	wordAffected       = knowledge.Text{EN: "Answers that will be corrected: %d", ES: "Respuestas que se corregirán: %d"}
	wordAttached       = knowledge.Text{EN: "(shortened; everything is in the file)", ES: "(abreviado; todo está en el archivo)"}
	wordReplacedBy     = knowledge.Text{EN: "replaced by %s", ES: "sustituido por %s"}
	wordFacts          = [2]knowledge.Text{{EN: "1 fact", ES: "1 hecho"}, {EN: "%d facts", ES: "%d hechos"}}
	wordProblems       = [2]knowledge.Text{{EN: "1 problem", ES: "1 problema"}, {EN: "%d problems", ES: "%d problemas"}}
	wordVersions       = knowledge.Text{EN: "**Versions that were in service**, newest first:", ES: "**Versiones que estuvieron en servicio**, la más reciente primero:"}
	wordNoVersions     = knowledge.Text{EN: "No earlier version is kept.", ES: "No se conserva ninguna versión anterior."}
	wordInService      = knowledge.Text{EN: "in service", ES: "en servicio"}
	wordChoose         = knowledge.Text{EN: "Go back to …", ES: "Volver a …"}
)

// whyWords tell why a base came into service.
var whyWords = map[string]knowledge.Text{
	"start":    {EN: "at the start", ES: "al arrancar"},
	"watch":    {EN: "files changed", ES: "cambio de archivos"},
	"signal":   {EN: "signal", ES: "señal"},
	"reload":   {EN: "reload", ES: "recarga"},
	"rollback": {EN: "rollback", ES: "reversión"},
}

// What /admin status, gaps, pause and export say.
var (
	wordStatusFacts   = knowledge.Text{EN: "**Facts**: version `%s` · %s · since %s (%s)", ES: "**Hechos**: versión `%s` · %s · desde %s (%s)"}
	wordStatusOn      = knowledge.Text{EN: "**Answering**: yes", ES: "**Responde**: sí"}
	wordStatusPaused  = knowledge.Text{EN: "**Answering**: ⏸ paused %s by %s", ES: "**Responde**: ⏸ en pausa %s por %s"}
	wordStatusGaps    = knowledge.Text{EN: "**Gaps** of 30 days: %d groups (%d questions without an answer, %d 👎)", ES: "**Lagunas** de 30 días: %d grupos (%d preguntas sin respuesta, %d 👎)"}
	wordFixesNone     = knowledge.Text{EN: "none so far", ES: "ninguna hasta ahora"}
	wordFixes         = knowledge.Text{EN: "edited %d, skipped %d, failed %d, to go %d", ES: "editadas %d, omitidas %d, fallidas %d, por hacer %d"}
	wordFixesRunning  = knowledge.Text{EN: "running: ", ES: "en curso: "}
	wordFixesLast     = knowledge.Text{EN: "last %s: ", ES: "última vez %s: "}
	wordReplicas      = knowledge.Text{EN: "**Processes**:", ES: "**Procesos**:"}
	wordReplicasOn    = knowledge.Text{EN: "**Processes**: %d of %d on version `%s`", ES: "**Procesos**: %d de %d con la versión `%s`"}
	wordReplicaShards = knowledge.Text{EN: " · shards %s", ES: " · shards %s"}
	wordReplicaBuild  = knowledge.Text{EN: " · program `%s`", ES: " · programa `%s`"}
	wordReplica       = knowledge.Text{EN: "- `%s` · version `%s` · %s · open answers: %d · up %s · corrections %s", ES: "- `%s` · versión `%s` · %s · respuestas abiertas: %d · en marcha %s · correcciones %s"}
	wordReplicaHere   = knowledge.Text{EN: " · this one", ES: " · este"}
	wordReplicaBehind = knowledge.Text{EN: " · ⚠ not the version in service", ES: " · ⚠ no es la versión en servicio"}

	wordPaused = knowledge.Text{
		EN: "I am paused by an administrator and do not answer for now. Please ask again later.",
		ES: "Un administrador me ha puesto en pausa y por ahora no respondo. Vuelve a preguntar más tarde.",
	}
	wordPauseOn    = knowledge.Text{EN: "Paused, everywhere. `/admin resume` ends it; admins' commands go on.", ES: "En pausa, en todas partes. `/administrar reanudar` la termina; las órdenes de administración siguen."}
	wordPauseStill = knowledge.Text{EN: "It is paused already, %s by %s.", ES: "Ya está en pausa, %s por %s."}
	wordPauseOff   = knowledge.Text{EN: "I answer again.", ES: "Vuelvo a responder."}
	wordNoPause    = knowledge.Text{EN: "It is not paused.", ES: "No está en pausa."}

	wordGaps      = knowledge.Text{EN: "**Gaps** of the last 30 days · page %d of %d", ES: "**Lagunas** de los últimos 30 días · página %d de %d"}
	wordNoGaps    = knowledge.Text{EN: "No gaps: every question of the last 30 days found something, and no answer is disliked.", ES: "Sin lagunas: todas las preguntas de los últimos 30 días encontraron algo y ninguna respuesta está mal valorada."}
	wordFound     = knowledge.Text{EN: "found nothing ×%d", ES: "sin respuesta ×%d"}
	wordOff       = knowledge.Text{EN: "off topic ×%d", ES: "fuera de tema ×%d"}
	wordLastAsked = knowledge.Text{EN: "last asked %s", ES: "última vez %s"}
	wordDismiss   = knowledge.Text{EN: "Dismiss %d", ES: "Descartar %d"}
	wordDismissed = knowledge.Text{EN: "-# Dismissed. It comes back when somebody asks it again.", ES: "-# Descartado. Vuelve si alguien lo pregunta otra vez."}
	wordHereOnly  = knowledge.Text{EN: "-# Of this server only.", ES: "-# Solo de este servidor."}
	wordMoreGaps  = knowledge.Text{EN: "-# There are more; these are the most frequent.", ES: "-# Hay más; estas son las más frecuentes."}

	wordLines       = [2]knowledge.Text{{EN: "1 line.", ES: "1 línea."}, {EN: "%d lines.", ES: "%d líneas."}}
	wordExportNone  = knowledge.Text{EN: "There is nothing to export yet.", ES: "Todavía no hay nada que exportar."}
	wordExportShort = knowledge.Text{EN: "A file has at most 10 MiB: the oldest %d lines are left out.", ES: "Un archivo tiene como máximo 10 MiB: faltan las %d líneas más antiguas."}
)

// whyNotWords tell why somebody dislikes an answer.
var whyNotWords = map[string]knowledge.Text{
	"wrong":     {EN: "wrong", ES: "incorrecta"},
	"outdated":  {EN: "outdated", ES: "desactualizada"},
	"not_asked": {EN: "not what was asked", ES: "no es lo que se preguntó"},
	"other":     {EN: "other", ES: "otro motivo"},
}

// What a correction says.
var (
	wordCorrected   = knowledge.Text{EN: "Corrected", ES: "Corregido"}
	wordNowReads    = knowledge.Text{EN: "now reads", ES: "ahora dice"}
	wordNowIs       = knowledge.Text{EN: "is now", ES: "ahora es"}
	wordIsWithdrawn = knowledge.Text{EN: "withdrawn", ES: "retirado"}
)
